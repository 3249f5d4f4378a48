SELECT 1 FROM booking JOIN pass_use ON pass_use.pass_use = booking.pass_use AND pass_use.reversed IS NULL WHERE booking.booking = ?1
