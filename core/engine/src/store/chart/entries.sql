SELECT client_chart.field, client_chart.value, client_chart.at, client_chart.operator FROM client_chart
JOIN field ON field.field = client_chart.field
WHERE client_chart.client = ?1 AND field.venue = ?2
ORDER BY client_chart.field
