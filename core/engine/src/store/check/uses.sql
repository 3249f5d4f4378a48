SELECT transfer, lots FROM transfer WHERE lots IS NOT NULL
