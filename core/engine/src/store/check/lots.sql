SELECT lot, amount, rest, recognised FROM lot
