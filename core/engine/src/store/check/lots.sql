SELECT lot, amount, rest, value, recognised, released FROM lot
