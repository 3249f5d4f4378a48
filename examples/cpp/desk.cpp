// A front desk: finds a client, shows what is known about them, asks which pass would pay for a massage, books it, and
// reads what changed meanwhile. usage: desk NEW_STORE
#include <carnet.hpp>

#include "../c/json.h"

#include <iostream>
#include <string>
#include <string_view>

namespace {

// A value of a reply, by its path.
std::string text(const std::string &reply, const std::string &path)
{
    char buffer[256];
    return json_text(reply.c_str(), path.c_str(), buffer, sizeof buffer);
}

std::string money(const std::string &reply, const std::string &path)
{
    return text(reply, path + ".amount") + " " + text(reply, path + ".currency");
}

std::string quoted(std::string_view words)
{
    char buffer[512];
    return '"' + std::string(json_quote(std::string(words).c_str(), buffer, sizeof buffer)) + '"';
}

class Desk {
public:
    explicit Desk(carnet::Engine engine) : engine_(std::move(engine)) {}

    // What one operation answers at the time that the clock of the desk shows.
    std::string ask(std::string_view op, const std::string &args) const
    {
        return engine_.execute(request(op, args));
    }

    // Adds something and returns its id. Fields of a reply begin with the name of what was added.
    std::string add(std::string_view op, const std::string &what, const std::string &args) const
    {
        return text(ask(op, args), "reply." + what);
    }

    void find(std::string_view name)
    {
        const auto reply = ask(CARNET_OP_CLIENT_FIND, R"({"name":)" + quoted(name) + "}");
        std::cout << "Found for \"" << name << "\":\n";
        for (int i = 0;; i++) {
            const auto client = "reply.clients." + std::to_string(i);
            if (json_find(reply.c_str(), client.c_str()) == nullptr) {
                break;
            }
            std::cout << "  " << text(reply, client + ".last_name") << ", " << text(reply, client + ".first_name")
                      << "  " << text(reply, client + ".phone") << '\n';
        }
        client_ = text(reply, "reply.clients.0.client");
    }

    void overview() const
    {
        const auto reply = ask(CARNET_OP_CLIENT_OVERVIEW, R"({"client":)" + client_ + "}");
        std::cout << text(reply, "reply.name") << ", " << text(reply, "reply.age") << " years\n"
                  << "  on the account  " << money(reply, "reply.balances.0.balance") << '\n'
                  << "  spent in all    " << money(reply, "reply.spent.0") << '\n';
        for (int i = 0;; i++) {
            const auto pass = "reply.passes." + std::to_string(i);
            if (json_find(reply.c_str(), pass.c_str()) == nullptr) {
                break;
            }
            std::cout << "  " << text(reply, pass + ".pass.name") << ": " << text(reply, pass + ".state") << ", "
                      << text(reply, pass + ".rest") << ' ' << text(reply, pass + ".unit") << '\n';
        }
    }

    void quote(const std::string &service) const
    {
        const auto reply = ask(CARNET_OP_PASS_QUOTE, R"({"client":)" + client_ + R"(,"service":)" + service + "}");
        std::cout << "Who pays for a massage:\n"
                  << "  " << text(reply, "reply.quote.pays.0.kind") << ", "
                  << money(reply, "reply.quote.pays.0.credit_left") << " left after it\n"
                  << "  not: " << text(reply, "reply.quote.cannot.0.kind") << ", "
                  << text(reply, "reply.quote.cannot.0.rules.0.reason") << '\n';
    }

    // A refusal is part of the work, so no exception: the other form of the call.
    void book(const std::string &service, std::string_view starts) const
    {
        const auto reply = engine_.try_execute(request(
            CARNET_OP_BOOKING_ADD, R"({"must_be_paid":true,"client":)" + client_ + R"(,"service":)" + service +
                                       R"(,"starts":)" + quoted(starts) + "}"));
        std::cout << "Massage at " << starts << ": ";
        if (reply) {
            std::cout << "booked, " << money(*reply, "reply.payer.credit_left") << " left\n";
        } else {
            std::cout << reply.error()->message() << " (" << text(reply.error()->json(), "details.why") << ", missing "
                      << text(reply.error()->json(), "details.missing") << ")\n";
        }
    }

    // What a screen beside the desk would follow: it asks for what came after the last entry it has seen.
    void changes() const
    {
        std::cout << "What happened:\n";
        for (const auto &page : engine_.changes()) {
            for (int i = 0;; i++) {
                const auto entry = "entries." + std::to_string(i);
                if (json_find(page.c_str(), entry.c_str()) == nullptr) {
                    break;
                }
                std::cout << "  " << text(page, entry + ".position") << ' ' << text(page, entry + ".op") << '\n';
            }
        }
    }

    void clock(std::string_view at) { at_ = at; }
    void close() { engine_.close(); }

private:
    std::string request(std::string_view op, const std::string &args) const
    {
        return R"({"op":)" + quoted(op) + R"(,"at":)" + quoted(at_) + R"(,"args":)" + args + "}";
    }

    carnet::Engine engine_;
    std::string client_;
    std::string at_; // A real desk leaves `at` out: it is now.
};

// The club and its people, as a new store has none.
std::string furnish(const Desk &desk)
{
    const std::string eur = R"(,"currency":"EUR"})";
    desk.ask(CARNET_OP_VENUE_ADD, R"({"name":"Club","time_zone":"Europe/Bucharest","currency":"EUR","country":"RO"})");
    const auto massage = desk.add(CARNET_OP_SERVICE_ADD, "service",
                                  R"({"name":"Massage","price":{"amount":"45.00")" + eur + "}");
    const auto pool = desk.add(CARNET_OP_SERVICE_ADD, "service",
                               R"({"name":"Pool","price":{"amount":"10.00")" + eur + "}");
    const auto swims = desk.add(CARNET_OP_PLAN_ADD, "plan",
                                R"({"name":"Ten swims","kind":{"visits":{"visits":10}},"services":[)" + pool +
                                    R"(],"price":{"amount":"80.00")" + eur + "}");
    const auto wellness = desk.add(CARNET_OP_PLAN_ADD, "plan",
                                   R"({"name":"Wellness","kind":{"credit":{"credit":{"amount":"100.00")" + eur +
                                       R"(}},"price":{"amount":"90.00")" + eur + "}");
    desk.ask(CARNET_OP_CLIENT_ADD, R"({"first_name":"Ion","last_name":"Archip","phone":"0721 555 010"})");
    const auto ann = desk.add(CARNET_OP_CLIENT_ADD, "client",
                              R"({"first_name":"Ana","last_name":"Archer","phone":"0712 345 678",)"
                              R"("birth_date":"1990-02-28"})");
    desk.ask(CARNET_OP_PASS_SELL, R"({"client":)" + ann + R"(,"plan":)" + swims +
                                      R"(,"payments":[{"method":"card","amount":{"amount":"80.00")" + eur + "}]}");
    desk.ask(CARNET_OP_PASS_SELL, R"({"client":)" + ann + R"(,"plan":)" + wellness +
                                      R"(,"payments":[{"method":"cash","amount":{"amount":"90.00")" + eur + "}]}");
    desk.ask(CARNET_OP_ACCOUNT_TOP_UP,
             R"({"client":)" + ann + R"(,"method":"cash","amount":{"amount":"30.00")" + eur + "}");
    return massage;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::cerr << "usage: desk NEW_STORE\n";
        return 2;
    }
    try {
        // The seed gives the same ids each time; a real program leaves it out.
        Desk desk(carnet::Engine::open(argv[1], R"({"create":true,"seed":1})"));
        desk.clock("2026-05-04T09:00:00+03:00");
        const auto massage = furnish(desk);
        desk.clock("2026-05-04T10:00:00+03:00");
        desk.find("arch");
        desk.overview();
        desk.quote(massage);
        desk.book(massage, "2026-05-05T12:00:00+03:00");
        desk.book(massage, "2026-05-06T12:00:00+03:00");
        desk.book(massage, "2026-05-07T12:00:00+03:00");
        desk.changes();
        desk.close();
    } catch (const carnet::Error &error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
