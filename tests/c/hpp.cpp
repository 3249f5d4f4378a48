// The tests of carnet.hpp: both forms of every call, owners, and what may go wrong. usage: hpp FOLDER
#include <carnet.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

namespace {

int failures = 0;
std::string folder;

#define CHECK(condition)                                                                                             \
    do {                                                                                                             \
        if (!(condition)) {                                                                                          \
            failures++;                                                                                              \
            std::cerr << __FILE__ << ':' << __LINE__ << ": " << #condition << '\n';                                  \
        }                                                                                                            \
    } while (0)

#define AT R"("at":"2026-05-04T07:00:00Z")"
const std::string EUR = R"(,"currency":"EUR"})";

std::string new_path(const std::string &name) { return folder + "/hpp-" + name; }

// The first whole number called `name` in a reply.
std::int64_t number_of(const std::string &json, const std::string &name)
{
    const auto at = json.find('"' + name + "\":");
    return at == std::string::npos ? 0 : std::stoll(json.substr(at + name.size() + 3));
}

struct Club {
    carnet::Engine engine;
    std::int64_t client, pass;
};

// What one operation answers.
std::string ask(const carnet::Engine &engine, const std::string &op, const std::string &args)
{
    return engine.execute(R"({"op":")" + op + R"(",)" AT R"(,"args":{)" + args + "}}");
}

Club open_club(const std::string &name)
{
    auto engine = carnet::Engine::open(new_path(name), R"({"create":true,"seed":1})");
    ask(engine, CARNET_OP_VENUE_ADD, R"("name":"Club","time_zone":"Europe/Bucharest","currency":"EUR")");
    const auto client = number_of(ask(engine, CARNET_OP_CLIENT_ADD, R"("first_name":"Ann")"), "client");
    const auto who = R"("client":)" + std::to_string(client);
    ask(engine, CARNET_OP_CARD_ADD, who + R"(,"uid":"04A1B2")");
    const auto plan = ask(engine, CARNET_OP_PLAN_ADD,
                          R"("name":"Ten","kind":{"visits":{"visits":10}},"price":{"amount":"90.00")" + EUR);
    const auto pass = ask(engine, CARNET_OP_PASS_SELL,
                          who + R"(,"plan":)" + std::to_string(number_of(plan, "plan")) +
                              R"(,"payments":[{"method":"cash","amount":{"amount":"90.00")" + EUR + "}]");
    ask(engine, CARNET_OP_ACCOUNT_TOP_UP, who + R"(,"method":"cash","amount":{"amount":"50.00")" + EUR);
    return {std::move(engine), client, number_of(pass, "pass")};
}

carnet_charge euros(const Club &it, std::int64_t cents)
{
    auto charge = carnet::make<carnet_charge>();
    charge.client = it.client;
    charge.amount.minor = cents;
    CHECK(carnet::put(charge.amount.currency, "EUR"));
    return charge;
}

void owners()
{
    static_assert(!std::is_copy_constructible_v<carnet::Engine> && !std::is_copy_assignable_v<carnet::Engine>);
    static_assert(std::is_nothrow_move_constructible_v<carnet::Engine> && std::is_nothrow_move_assignable_v<carnet::Engine>);
    static_assert(!std::is_copy_constructible_v<carnet::Changes> && std::is_nothrow_move_constructible_v<carnet::Changes>);

    auto first = carnet::Engine::open(new_path("first.db"), R"({"create":true})");
    auto second = carnet::Engine::open(new_path("second.db"), R"({"create":true})");
    const auto *const stale = second.handle();
    second = std::move(first);
    CHECK(second.try_execute(R"({"op":"venue.list"})").ok());
    // What was there before was closed; what was moved from is nothing.
    CHECK(carnet_execute(stale, "{}", SIZE_MAX, nullptr, nullptr) == CARNET_REASON_BAD_HANDLE);
    CHECK(first.handle() == nullptr); // NOLINT: what is left of it is documented
    CHECK(first.try_execute("{}").error()->number() == CARNET_REASON_NULL_POINTER);
    auto &same = second;
    second = std::move(same);
    CHECK(second.handle() != nullptr);
    second.close();
    second.close();
    CHECK(second.handle() == nullptr);
    CHECK(carnet::version() == carnet_version());
}

void errors()
{
    const auto it = open_club("errors.db");
    try {
        (void)it.engine.execute(R"({"op":"client.get","args":{"client":5}})");
        CHECK(false);
    } catch (const std::exception &caught) {
        const auto &error = dynamic_cast<const carnet::Error &>(caught);
        CHECK(error.number() == CARNET_REASON_CLIENT_NOT_FOUND && error.code() == "not_found");
        CHECK(error.reason() == "client_not_found" && error.field() == "client");
        CHECK(error.json().find("\"number\":201") != std::string::npos && error.index() == -1);
        CHECK(std::string(error.what()).find("(client)") != std::string::npos && !error.message().empty());
    }
    const auto result = it.engine.try_account_charge(euros(it, 6000));
    CHECK(!result && result.error()->number() == CARNET_REASON_INSUFFICIENT);
    try {
        (void)result.value();
        CHECK(false);
    } catch (const carnet::Error &error) {
        CHECK(error.reason() == "insufficient");
    }
    CHECK(!carnet::Engine::try_open(new_path("none.db")));
    CHECK(!carnet::Engine::try_open({}).ok());
    // A text without an end, out of a longer one.
    const std::string_view longer = R"({"op":"venue.list"} and more)";
    CHECK(it.engine.try_execute(longer.substr(0, 19)).ok());
    CHECK(it.engine.try_execute(longer).error()->reason() == "bad_json");
    CHECK(it.engine.try_execute({}).error()->reason() == "bad_json");
}

void batch()
{
    const auto it = open_club("batch.db");
    const std::string add = R"({"op":"operator.add",)" AT R"(,"args":{"name":"Desk"}})";
    CHECK(it.engine.execute_batch("[" + add + "," + add + "]").find("\"replies\":[") != std::string::npos);
    const auto failed = it.engine.try_execute_batch("[" + add + R"(,{"op":"operator.add",)" AT R"(,"args":{"name":""}}])");
    CHECK(!failed && failed.error()->index() == 1 && failed.error()->reason() == "empty");
    const auto list = it.engine.execute(R"({"op":"operator.list"})");
    CHECK(list.find("Desk") != list.rfind("Desk"));
}

void door()
{
    const auto it = open_club("door.db");
    CHECK(it.engine.card_find("04a1b2").client == it.client);
    CHECK(!it.engine.try_card_find("99"));
    auto access = carnet::make<carnet_access>();
    CHECK(carnet::put(access.card, "04A1B2"));
    auto call = carnet::make<carnet_call>();
    call.at = 1777878000000000 + 1;
    CHECK(it.engine.access_decide(access, &call).visits_left == 9);
    const auto entry = it.engine.access_enter(access, &call);
    CHECK(entry.decision.outcome == CARNET_OUTCOME_ADMITTED && entry.entered.visit > 0);
    auto leave = carnet::make<carnet_leave>();
    leave.client = it.client;
    CHECK(it.engine.access_exit(leave, &call).visit == entry.entered.visit);
    CHECK(it.engine.try_access_exit(leave, &call).error()->number() == CARNET_REASON_NOT_INSIDE);
    // Too long for its field: empty, and said so.
    CHECK(!carnet::put(access.card, std::string(sizeof access.card, 'x')) && access.card[0] == '\0');
    CHECK(carnet::put(access.card, std::string(sizeof access.card - 1, 'x')));
}

void money()
{
    const auto it = open_club("money.db");
    const auto charged = it.engine.account_charge(euros(it, 1250));
    CHECK(charged.balance.minor == 3750);
    CHECK(it.engine.account_balance(it.client).balance.minor == 3750);
    CHECK(it.engine.account_balance(it.client, "EUR").balance.minor == 3750);
    CHECK(it.engine.try_account_balance(it.client, "USD").error()->reason() == "account_not_found");
    auto reversal = carnet::make<carnet_reversal>();
    reversal.group = charged.group;
    CHECK(carnet::put(reversal.reason, "wrong size"));
    CHECK(it.engine.reverse(reversal).movements[0].amount == 1250);
    CHECK(!it.engine.try_reverse(reversal));

    auto hold = carnet::make<carnet_hold>();
    hold.client = it.client;
    hold.minutes = 10;
    hold.part_count = 1;
    hold.parts[0].unit = CARNET_UNIT_MONEY;
    hold.parts[0].amount = 2000;
    CHECK(carnet::put(hold.parts[0].currency, "EUR"));
    auto capture = carnet::make<carnet_capture>();
    capture.hold = it.engine.hold_place(hold).hold;
    CHECK(it.engine.hold_capture(capture).state == CARNET_HOLD_CAPTURED);
    CHECK(!it.engine.try_hold_capture(capture));
    const auto released = it.engine.hold_release(it.engine.hold_place(hold).hold);
    CHECK(released.version == 2 && !it.engine.try_hold_release(released.hold));
    hold.parts[0].amount = 3001;
    CHECK(it.engine.try_hold_place(hold).error()->reason() == "insufficient");
}

void feed()
{
    using namespace std::chrono_literals;
    const auto it = open_club("feed.db");
    std::int64_t last = 0;
    int pages = 0;
    for (const auto &page : it.engine.changes(0, 4)) {
        last = number_of(page, "last");
        pages++;
    }
    CHECK(last == 6 && pages == 2);
    auto feed = it.engine.changes(last);
    CHECK(!feed.next() && feed.position() == last);
    CHECK(!feed.next(20ms).has_value());
    it.engine.execute(R"({"op":"operator.add",)" AT R"(,"args":{"name":"Desk"}})");
    const auto page = feed.next(1000ms);
    CHECK(page && page->find("operator.add") != std::string::npos && feed.position() == last + 1);
    auto moved = std::move(feed);
    CHECK(moved.position() == last + 1);
    CHECK(feed.position() == -1); // NOLINT: what is left of it is documented
    CHECK(!it.engine.try_changes(-1));
    CHECK(!moved.try_next(-1ms));
    std::thread waiting([&] { CHECK(moved.try_next(60000ms).error()->number() == CARNET_REASON_INTERRUPTED); });
    std::this_thread::sleep_for(300ms);
    it.engine.interrupt();
    waiting.join();
}

void backup()
{
    const auto it = open_club("backup.db");
    std::int64_t done = 0, total = 0;
    it.engine.backup(new_path("copy.db"), [&](std::int64_t now, std::int64_t of) {
        done = now;
        total = of;
        return true;
    });
    CHECK(done == total && total > 0);
    CHECK(it.engine.try_backup(new_path("copy.db")).error()->reason() == "exists");
    const auto stopped = it.engine.try_backup(new_path("stopped.db"), [](std::int64_t, std::int64_t) { return false; });
    CHECK(stopped.error()->reason() == "interrupted");
    // What the host throws comes out on this side of C.
    try {
        const auto throws = [](std::int64_t, std::int64_t) -> bool { throw std::out_of_range("host"); };
        (void)it.engine.try_backup(new_path("thrown.db"), throws);
        CHECK(false);
    } catch (const std::out_of_range &) {
    }
    it.engine.backup(new_path("plain.db"));
    CHECK(carnet::Engine::try_open(new_path("plain.db")).ok());
}

void log()
{
    static std::atomic<int> lines{0};
    struct Counted {
        std::shared_ptr<int> alive = std::make_shared<int>(0);
        void operator()(std::int32_t, std::string_view target, std::string_view) const
        {
            lines += target.substr(0, 6) == "carnet";
        }
    };
    Counted counted;
    carnet::set_log(CARNET_LOG_DEBUG, counted);
    CHECK(counted.alive.use_count() == 2);
    { const auto it = open_club("log.db"); }
    CHECK(lines > 0);
    const auto throws = [](std::int32_t, std::string_view, std::string_view) { throw std::out_of_range("host"); };
    carnet::set_log(CARNET_LOG_DEBUG, throws);
    CHECK(counted.alive.use_count() == 1);
    { const auto it = open_club("thrown.db"); }
    CHECK(!carnet::try_set_log(99, counted) && counted.alive.use_count() == 1);
    carnet::set_log(CARNET_LOG_ERROR, nullptr);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::cerr << "usage: hpp FOLDER\n";
        return 2;
    }
    folder = argv[1];
    int passed = 0, failed = 0;
    for (const auto &[name, test] : std::vector<std::pair<const char *, std::function<void()>>>{
             {"owners", owners}, {"errors", errors}, {"batch", batch}, {"door", door},
             {"money", money}, {"feed", feed}, {"backup", backup}, {"log", log}}) {
        failures = 0;
        try {
            test();
        } catch (const std::exception &error) {
            failures++;
            std::cerr << error.what() << '\n';
        }
        (failures == 0 ? passed : failed)++;
        if (failures > 0) {
            std::cerr << name << " failed\n";
        }
    }
    std::cout << passed << " passed, " << failed << " failed\n";
    return failed > 0 || passed == 0;
}
