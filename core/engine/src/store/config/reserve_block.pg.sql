INSERT INTO counter (kind, next) VALUES (?1, 1 + ?2)
ON CONFLICT (kind) DO UPDATE SET next = counter.next + ?2 RETURNING next - ?2
