SELECT booking.booking, booking.pass_use, COALESCE(pass_use.pass_use, 0)
FROM booking LEFT JOIN pass_use ON pass_use.pass_use = booking.pass_use
WHERE booking.pass_use IS NOT NULL AND (pass_use.pass_use IS NULL OR pass_use.client <> booking.client)
