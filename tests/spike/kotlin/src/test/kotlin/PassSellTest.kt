import carnet.Engine
import carnet.domain.AccountUnit
import carnet.domain.CarnetException
import carnet.domain.Code
import carnet.domain.Money
import carnet.domain.Outcome
import carnet.domain.PassState
import carnet.domain.PaymentMethod
import carnet.domain.Period
import carnet.domain.PeriodUnit
import carnet.domain.PlanKind
import carnet.domain.Reason
import carnet.domain.StartChoice
import carnet.domain.Validity
import carnet.ops.AccessEnter
import carnet.ops.Call
import carnet.ops.ClientAdd
import carnet.ops.Discount
import carnet.ops.DiscountBy
import carnet.ops.OpenOptions
import carnet.ops.PassSell
import carnet.ops.Payment
import carnet.ops.PlanAdd
import carnet.ops.VenueAdd
import java.io.File
import java.math.BigDecimal
import java.time.Instant
import java.time.LocalDate
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.MethodOrderer
import org.junit.jupiter.api.Order
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.TestMethodOrder

/** The spike through the Kotlin door: the calls that the C and Python programs make. */
@TestMethodOrder(MethodOrderer.OrderAnnotation::class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PassSellTest {
    private val work = File(System.getProperty("carnet.work"))
    private val engine = Engine.open(File(work, "kotlin.db").path, OpenOptions(create = true, seed = 1))

    private fun at(time: String) = Instant.parse("${time}Z")
    private fun eur(amount: String) = Money(BigDecimal(amount), "EUR")

    private val venue = engine.venueAdd(
        VenueAdd(name = "Spike", timeZone = "Europe/Bucharest", currency = "EUR"),
        Call(at = at("2026-04-20T09:00:00")),
    )
    private val client = engine.clientAdd(
        ClientAdd(firstName = "Ana", lastName = "Ionescu", birthDate = LocalDate.of(1990, 2, 28)),
        Call(at = at("2026-04-20T09:01:00")),
    ).client
    private val plan = engine.planAdd(
        PlanAdd(
            name = "Ten visits",
            kind = PlanKind.Visits(10, Validity.Period(Period(3, PeriodUnit.MONTH))),
            price = eur("90.00"),
            tax = BigDecimal("20"),
        ),
        Call(at = at("2026-04-20T09:02:00")),
    ).plan

    private fun sale(client: Long = this.client, card: String = "20.00") = PassSell(
        client = client,
        plan = plan,
        price = eur("80.00"),
        start = StartChoice.OnDate(LocalDate.of(2026, 5, 1)),
        discount = Discount(by = DiscountBy.Percent(BigDecimal("12.5")), reason = "regular"),
        payments = listOf(Payment(PaymentMethod.CASH, eur("50.00")), Payment(PaymentMethod.CARD, eur(card))),
    )

    private fun sell(key: Int, request: PassSell) =
        engine.passSell(request, Call(at = at("2026-04-20T09:03:00"), key = "sale-$key"))

    private val sold = sell(1, sale())

    @AfterAll
    fun close() {
        engine.shutdown()
        val closed = assertThrows(CarnetException.Misuse::class.java) { sell(9, sale()) }
        assertEquals(Reason.CLOSED, closed.reason)
        engine.close()
    }

    @Test
    fun `a pass is sold`() {
        assertEquals(PassState.NOT_STARTED, sold.state)
        assertEquals(eur("80.00"), sold.listPrice)
        assertEquals(eur("70.00"), sold.price)
        assertEquals(at("2026-04-30T21:00:00"), sold.starts)
        File(work, "pass_sell.kotlin").printWriter().use { out ->
            fun line(name: String, value: Any?) = value?.let { out.println("$name $it") }
            fun money(name: String, value: Money) {
                line("$name.amount", value.amount)
                line("$name.currency", value.currency)
            }
            line("account", sold.account)
            line("ends", sold.ends)
            line("group", sold.group)
            money("list_price", sold.listPrice)
            line("lot", sold.lot)
            line("pass", sold.pass)
            money("price", sold.price)
            line("starts", sold.starts)
            line("state", sold.state.name.lowercase())
            money("tax", sold.tax)
        }
    }

    @Test
    fun `the same key and content gives the first reply again`() {
        assertEquals(sold, sell(1, sale()))
    }

    @Test
    @Order(Int.MAX_VALUE)
    fun `the client is let in and a visit is taken`() {
        val entered = engine.accessEnter(AccessEnter(client = client), Call(at = at("2026-05-02T08:00:00")))
        assertEquals(Outcome.ADMITTED, entered.decision.outcome)
        assertEquals(9L, entered.decision.payer?.visitsLeft)
    }

    @Test
    fun `an unknown client is not found`() {
        val error = assertThrows(CarnetException.NotFound::class.java) { sell(2, sale(client = client + 1000)) }
        assertEquals(Code.NOT_FOUND, error.code)
        assertEquals(201, error.number)
        assertEquals(Reason.CLIENT_NOT_FOUND, error.reason)
        assertEquals("client", error.field)
        assertEquals(emptyMap<String, String>(), error.details)
    }

    @Test
    fun `too many digits are invalid input and not a crash`() {
        val error = assertThrows(CarnetException.InvalidInput::class.java) { sell(3, sale(card = "20.005")) }
        assertEquals(114, error.number)
        assertEquals("amount", error.field)
    }

    @Test
    fun `parts that do not add up are invalid input`() {
        val error = assertThrows(CarnetException.InvalidInput::class.java) { sell(4, sale(card = "20.01")) }
        assertEquals(Reason.SUM_MISMATCH, error.reason)
        assertEquals("payments", error.field)
    }

    @Test
    fun `a key used for other content is a conflict`() {
        val error = assertThrows(CarnetException.Conflict::class.java) { sell(1, sale(card = "20.01")) }
        assertEquals(402, error.number)
        assertEquals("key", error.field)
    }

    @Test
    fun `an unknown operation is an answer of the JSON door`() {
        assertEquals(true, engine.executeJson("""{"op":"pass.sel"}""").contains(""""number":113"""))
        val unit: AccountUnit = "EUR"
        assertEquals("EUR", unit)
        assertNull(sold.group.takeIf { it <= 0 })
    }
}
