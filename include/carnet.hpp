/*
 * Carnet for C++17: carnet.h with owners, exceptions or results. Header only, and nothing but the standard library.
 *
 * Ownership   An engine closes itself; replies and errors are values of C++. Objects move, they are not copied.
 * Errors      Every call has two forms. `execute` throws carnet::Error; `try_execute` returns carnet::Result, which holds
 *             either the value or the carnet::Error, and throws nothing but std::bad_alloc. Without exceptions
 *             (-fno-exceptions) only the second form is there.
 * Threads     As in C: any thread may call any method of one engine at once, but for `close`, moves and the destructor.
 * Texts       UTF-8, std::string_view in, std::string out.
 * Structs     The typed calls take and give the structs of carnet.h. `carnet::make<carnet_access>()` makes one with its size
 *             set and everything else zero; `carnet::put` fills a text field.
 */
#ifndef CARNET_HPP
#define CARNET_HPP

#include "carnet.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
#define CARNET_EXCEPTIONS 1
#endif

namespace carnet {

/// What went wrong, as a value and as an exception.
class Error : public std::exception {
public:
    /// Takes what C says, and frees it.
    Error(std::int32_t number, carnet_error *error) : number_(number)
    {
        take(code_, carnet_error_code(error));
        take(reason_, carnet_error_reason(error));
        take(field_, carnet_error_field(error));
        take(message_, carnet_error_message(error));
        take(json_, carnet_error_json(error));
        index_ = carnet_error_index(error);
        carnet_error_free(&error);
        what_ = message_.empty() ? "carnet: error " + std::to_string(number) : "carnet: " + message_;
        if (!field_.empty()) {
            what_ += " (" + field_ + ")";
        }
    }

    /// The number of the reason, `CARNET_REASON_*`.
    [[nodiscard]] std::int32_t number() const noexcept { return number_; }
    /// The family: `invalid_input`, `not_found`, `refused`, `conflict`, `storage`, `misuse` or `internal`.
    [[nodiscard]] const std::string &code() const noexcept { return code_; }
    /// The reason, a stable word.
    [[nodiscard]] const std::string &reason() const noexcept { return reason_; }
    /// The field that was wrong, such as `payments.0.amount`; empty if there is none.
    [[nodiscard]] const std::string &field() const noexcept { return field_; }
    /// One English sentence for developers.
    [[nodiscard]] const std::string &message() const noexcept { return message_; }
    /// All of it as a JSON object, with the details.
    [[nodiscard]] const std::string &json() const noexcept { return json_; }
    /// Of a batch, which request failed, from 0; -1 if it is not about one of them.
    [[nodiscard]] std::int64_t index() const noexcept { return index_; }
    /// The message and the field.
    [[nodiscard]] const char *what() const noexcept override { return what_.c_str(); }

private:
    static void take(std::string &into, const char *text)
    {
        if (text != nullptr) {
            into = text;
        }
    }

    std::int32_t number_;
    std::int64_t index_ = -1;
    std::string code_, reason_, field_, message_, json_, what_;
};

/// A value, or the error in its place.
template <class T> class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    /// The value; throws the error if there is none.
    T &value() & { return check(), *std::get_if<0>(&state_); }
    const T &value() const & { return check(), *std::get_if<0>(&state_); }
    T value() && { return check(), std::move(*std::get_if<0>(&state_)); }
    T &operator*() & { return value(); }
    const T &operator*() const & { return value(); }
    T operator*() && { return std::move(*this).value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }

    /// The error; null if there is a value.
    [[nodiscard]] const Error *error() const noexcept { return std::get_if<1>(&state_); }

private:
    void check() const
    {
        if (!ok()) {
#ifdef CARNET_EXCEPTIONS
            throw *error();
#else
            std::abort();
#endif
        }
    }

    std::variant<T, Error> state_;
};

/// Nothing, or an error.
template <> class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}

    [[nodiscard]] bool ok() const noexcept { return !error_.has_value(); }
    explicit operator bool() const noexcept { return ok(); }

    /// Throws the error if there is one.
    void value() const
    {
        if (error_) {
#ifdef CARNET_EXCEPTIONS
            throw *error_;
#else
            std::abort();
#endif
        }
    }

    /// The error; null if all went well.
    [[nodiscard]] const Error *error() const noexcept { return error_ ? &*error_ : nullptr; }

private:
    std::optional<Error> error_;
};

/// The version of the library that runs, such as `0.1.0`.
inline std::string_view version() noexcept { return carnet_version(); }

/// A struct of carnet.h with its size set and everything else zero.
template <class Struct> [[nodiscard]] Struct make() noexcept
{
    Struct made{};
    made.struct_size = static_cast<std::uint32_t>(sizeof made);
    return made;
}

/// Fills a text field of a struct. False if the text is too long, and then the field is empty.
template <std::size_t Size> [[nodiscard]] bool put(char (&field)[Size], std::string_view text) noexcept
{
    const bool fits = text.size() < Size;
    std::memset(field, 0, Size);
    if (fits && !text.empty()) {
        std::memcpy(field, text.data(), text.size());
    }
    return fits;
}

/// An entry and the decision that it rests on.
struct Entry {
    carnet_decision decision = make<carnet_decision>();
    carnet_entered entered = make<carnet_entered>();
};

namespace detail {

/// A text of the library, freed also when its copy cannot be made.
struct Text {
    carnet_string string{nullptr, 0};
    Text() = default;
    Text(const Text &) = delete;
    Text &operator=(const Text &) = delete;
    ~Text() { carnet_string_free(&string); }
    [[nodiscard]] std::string copy() const { return std::string(string.ptr, string.len); }
};

/// Calls a function whose last argument is the error, and returns what it has filled in.
template <class Value, class Function> Result<Value> filled(Value value, Function function)
{
    carnet_error *error = nullptr;
    const std::int32_t number = function(value, &error);
    if (number != CARNET_OK) {
        return Error(number, error);
    }
    return value;
}

/// The same for a function that gives nothing but its number.
template <class Function> Result<void> done(Function function)
{
    carnet_error *error = nullptr;
    const std::int32_t number = function(&error);
    if (number != CARNET_OK) {
        return Error(number, error);
    }
    return {};
}

/// A callback of the host. What it throws must not pass through C: it is kept, and thrown once C has returned.
template <class... Arguments> class Callback {
public:
    explicit Callback(std::function<bool(Arguments...)> function) : function_(std::move(function)) {}

    bool operator()(Arguments... arguments) noexcept
    {
#ifdef CARNET_EXCEPTIONS
        try {
            return function_(arguments...);
        } catch (...) {
            thrown_ = std::current_exception();
            return false;
        }
#else
        return function_(arguments...);
#endif
    }

    void rethrow() const
    {
#ifdef CARNET_EXCEPTIONS
        if (thrown_) {
            std::rethrow_exception(thrown_);
        }
#endif
    }

private:
    std::function<bool(Arguments...)> function_;
    std::exception_ptr thrown_;
};

} // namespace detail

/// A reader of the change feed. One thread at a time.
class Changes {
public:
    Changes(const Changes &) = delete;
    Changes &operator=(const Changes &) = delete;
    Changes(Changes &&other) noexcept : changes_(std::exchange(other.changes_, nullptr)) {}
    Changes &operator=(Changes &&other) noexcept
    {
        if (this != &other) {
            carnet_changes_free(&changes_);
            changes_ = std::exchange(other.changes_, nullptr);
        }
        return *this;
    }
    ~Changes() { carnet_changes_free(&changes_); }

    /// The next page, `{"entries":[…],"last":7,"more":false}`; none if nothing came within the time.
    Result<std::optional<std::string>> try_next(std::chrono::milliseconds wait = {}) const
    {
        detail::Text page;
        const auto next = [&](carnet_error **error) {
            return carnet_changes_next(changes_, wait.count(), &page.string, error);
        };
        if (auto failed = detail::done(next); !failed) {
            return *failed.error();
        }
        return page.string.ptr == nullptr ? std::optional<std::string>() : page.copy();
    }

    /// The position up to which everything was handed out: what a host keeps, to go on from there another time.
    [[nodiscard]] std::int64_t position() const noexcept { return carnet_changes_position(changes_); }

#ifdef CARNET_EXCEPTIONS
    std::optional<std::string> next(std::chrono::milliseconds wait = {}) const { return try_next(wait).value(); }

    /// Goes over the pages that are there: `for (const auto &page : engine.changes())`. Ends where nothing is new.
    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = std::string;
        using difference_type = std::ptrdiff_t;
        using pointer = const std::string *;
        using reference = const std::string &;

        iterator() = default;
        explicit iterator(const Changes &changes) : changes_(&changes) { ++*this; }
        reference operator*() const { return *page_; }
        pointer operator->() const { return &*page_; }
        iterator &operator++()
        {
            page_ = changes_->next();
            return *this;
        }
        void operator++(int) { ++*this; }
        /// Only whether both are at their ends.
        bool operator==(const iterator &other) const noexcept { return page_.has_value() == other.page_.has_value(); }
        bool operator!=(const iterator &other) const noexcept { return !(*this == other); }

    private:
        const Changes *changes_ = nullptr;
        std::optional<std::string> page_;
    };

    [[nodiscard]] iterator begin() const { return iterator(*this); }
    [[nodiscard]] iterator end() const { return {}; }
#endif

private:
    friend class Engine;
    explicit Changes(carnet_changes *changes) noexcept : changes_(changes) {}

    carnet_changes *changes_;
};

/// An open store.
class Engine {
public:
    /// Opens a store: a file by its path, or a server by its URL. `options` is a JSON object, such as `{"create":true}`.
    static Result<Engine> try_open(std::string_view path, std::string_view options = "{}")
    {
        carnet_engine *engine = nullptr;
        carnet_error *error = nullptr;
        const auto number =
            carnet_engine_open(path.data(), path.size(), options.data(), options.size(), &engine, &error);
        if (number != CARNET_OK) {
            return Error(number, error);
        }
        return Engine(engine);
    }

    Engine(const Engine &) = delete;
    Engine &operator=(const Engine &) = delete;
    Engine(Engine &&other) noexcept : engine_(std::exchange(other.engine_, nullptr)) {}
    Engine &operator=(Engine &&other) noexcept
    {
        if (this != &other) {
            carnet_engine_close(&engine_, nullptr);
            engine_ = std::exchange(other.engine_, nullptr);
        }
        return *this;
    }
    /// Closes the store and forgets what went wrong with that; `close` says it.
    ~Engine() { carnet_engine_close(&engine_, nullptr); }

    /// Closes the store: running calls are waited for, later ones are errors. Does nothing to one that is closed.
    Result<void> try_close()
    {
        return detail::done([&](carnet_error **error) { return carnet_engine_close(&engine_, error); });
    }

    /// Executes one operation: `{"op":"client.add","args":{…}}`. The reply is JSON too.
    Result<std::string> try_execute(std::string_view request) const { return text(carnet_execute, request); }

    /// Executes several writes, all of them or none: an array of requests. The reply is `{"replies":[…]}`.
    Result<std::string> try_execute_batch(std::string_view requests) const
    {
        return text(carnet_execute_batch, requests);
    }

    /// Finds a card by what the reader sends.
    Result<carnet_card> try_card_find(std::string_view uid, const carnet_call *call = nullptr) const
    {
        return detail::filled(make<carnet_card>(), [&](carnet_card &card, carnet_error **error) {
            return carnet_card_find(engine_, call, uid.data(), uid.size(), &card, error);
        });
    }

    /// Answers whether a client may come in. Writes nothing. A refusal is an answer, not an error.
    Result<carnet_decision> try_access_decide(const carnet_access &access, const carnet_call *call = nullptr) const
    {
        return detail::filled(make<carnet_decision>(), [&](carnet_decision &decision, carnet_error **error) {
            return carnet_access_decide(engine_, call, &access, &decision, error);
        });
    }

    /// Decides again and lets the client in. A refusal is recorded, and is an answer, not an error.
    Result<Entry> try_access_enter(const carnet_access &access, const carnet_call *call = nullptr) const
    {
        return detail::filled(Entry(), [&](Entry &entry, carnet_error **error) {
            return carnet_access_enter(engine_, call, &access, &entry.decision, &entry.entered, error);
        });
    }

    /// Ends the visit of a client.
    Result<carnet_exited> try_access_exit(const carnet_leave &leave, const carnet_call *call = nullptr) const
    {
        return detail::filled(make<carnet_exited>(), [&](carnet_exited &exited, carnet_error **error) {
            return carnet_access_exit(engine_, call, &leave, &exited, error);
        });
    }

    /// What is on a client's account, in the currency of the venue or another.
    Result<carnet_balance> try_account_balance(std::int64_t client, std::string_view currency = {},
                                               const carnet_call *call = nullptr) const
    {
        return detail::filled(make<carnet_balance>(), [&](carnet_balance &balance, carnet_error **error) {
            const char *const letters = currency.empty() ? nullptr : currency.data();
            return carnet_account_balance(engine_, call, client, letters, currency.size(), &balance, error);
        });
    }

    /// Pays from a client's account.
    Result<carnet_charged> try_account_charge(const carnet_charge &charge, const carnet_call *call = nullptr) const
    {
        return detail::filled(make<carnet_charged>(), [&](carnet_charged &charged, carnet_error **error) {
            return carnet_account_charge(engine_, call, &charge, &charged, error);
        });
    }

    /// Holds money, visits or credit of a client, all of it or nothing.
    Result<carnet_placed> try_hold_place(const carnet_hold &hold, const carnet_call *call = nullptr) const
    {
        return detail::filled(make<carnet_placed>(), [&](carnet_placed &placed, carnet_error **error) {
            return carnet_hold_place(engine_, call, &hold, &placed, error);
        });
    }

    /// Takes what is held, less of it, or more within the limit of the hold.
    Result<carnet_captured> try_hold_capture(const carnet_capture &capture, const carnet_call *call = nullptr) const
    {
        return detail::filled(make<carnet_captured>(), [&](carnet_captured &captured, carnet_error **error) {
            return carnet_hold_capture(engine_, call, &capture, &captured, error);
        });
    }

    /// Frees what is held.
    Result<carnet_released> try_hold_release(std::int64_t hold, const carnet_call *call = nullptr) const
    {
        return detail::filled(make<carnet_released>(), [&](carnet_released &released, carnet_error **error) {
            return carnet_hold_release(engine_, call, hold, &released, error);
        });
    }

    /// Moves back what a movement moved, whole or in part.
    Result<carnet_reversed> try_reverse(const carnet_reversal &reversal, const carnet_call *call = nullptr) const
    {
        return detail::filled(make<carnet_reversed>(), [&](carnet_reversed &reversed, carnet_error **error) {
            return carnet_reverse(engine_, call, &reversal, &reversed, error);
        });
    }

    /// A reader of what changes after a position of the journal, up to `limit` entries a page; 0 for 100.
    Result<Changes> try_changes(std::int64_t after = 0, std::int32_t limit = 0) const
    {
        carnet_changes *changes = nullptr;
        const auto open = [&](carnet_error **error) {
            return carnet_changes_open(engine_, after, limit, &changes, error);
        };
        if (auto failed = detail::done(open); !failed) {
            return *failed.error();
        }
        return Changes(changes);
    }

    /// Interrupts what is running on this engine: reads, waits, backups. Calls that begin afterwards are not affected.
    Result<void> try_interrupt() const
    {
        return detail::done([&](carnet_error **error) { return carnet_interrupt(engine_, error); });
    }

    /// Copies the running store to a new file. `progress` is told how much is copied, of how much; false ends it. What it
    /// throws ends it too, and comes out here, also of this form.
    Result<void> try_backup(std::string_view path, std::function<bool(std::int64_t, std::int64_t)> progress = {}) const
    {
        using Told = detail::Callback<std::int64_t, std::int64_t>;
        const carnet_progress tell = progress ? [](void *user, std::int64_t done, std::int64_t total) -> std::int32_t {
            return (*static_cast<Told *>(user))(done, total) ? 0 : 1;
        } : carnet_progress{};
        Told told(std::move(progress));
        auto outcome = detail::done([&](carnet_error **error) {
            return carnet_backup(engine_, path.data(), path.size(), tell, &told, error);
        });
        told.rethrow();
        return outcome;
    }

    /// The handle, for functions of carnet.h that have no method here. It stays with the engine.
    [[nodiscard]] carnet_engine *handle() const noexcept { return engine_; }

#ifdef CARNET_EXCEPTIONS
    static Engine open(std::string_view path, std::string_view options = "{}")
    {
        return try_open(path, options).value();
    }
    void close() { try_close().value(); }
    std::string execute(std::string_view request) const { return try_execute(request).value(); }
    std::string execute_batch(std::string_view requests) const { return try_execute_batch(requests).value(); }
    carnet_card card_find(std::string_view uid, const carnet_call *call = nullptr) const
    {
        return try_card_find(uid, call).value();
    }
    carnet_decision access_decide(const carnet_access &access, const carnet_call *call = nullptr) const
    {
        return try_access_decide(access, call).value();
    }
    Entry access_enter(const carnet_access &access, const carnet_call *call = nullptr) const
    {
        return try_access_enter(access, call).value();
    }
    carnet_exited access_exit(const carnet_leave &leave, const carnet_call *call = nullptr) const
    {
        return try_access_exit(leave, call).value();
    }
    carnet_balance account_balance(std::int64_t client, std::string_view currency = {},
                                   const carnet_call *call = nullptr) const
    {
        return try_account_balance(client, currency, call).value();
    }
    carnet_charged account_charge(const carnet_charge &charge, const carnet_call *call = nullptr) const
    {
        return try_account_charge(charge, call).value();
    }
    carnet_placed hold_place(const carnet_hold &hold, const carnet_call *call = nullptr) const
    {
        return try_hold_place(hold, call).value();
    }
    carnet_captured hold_capture(const carnet_capture &capture, const carnet_call *call = nullptr) const
    {
        return try_hold_capture(capture, call).value();
    }
    carnet_released hold_release(std::int64_t hold, const carnet_call *call = nullptr) const
    {
        return try_hold_release(hold, call).value();
    }
    carnet_reversed reverse(const carnet_reversal &reversal, const carnet_call *call = nullptr) const
    {
        return try_reverse(reversal, call).value();
    }
    Changes changes(std::int64_t after = 0, std::int32_t limit = 0) const { return try_changes(after, limit).value(); }
    void interrupt() const { try_interrupt().value(); }
    void backup(std::string_view path, std::function<bool(std::int64_t, std::int64_t)> progress = {}) const
    {
        try_backup(path, std::move(progress)).value();
    }
#endif

private:
    explicit Engine(carnet_engine *engine) noexcept : engine_(engine) {}

    /// Calls a function that answers with a text.
    template <class Function> Result<std::string> text(Function function, std::string_view request) const
    {
        detail::Text reply;
        const auto call = [&](carnet_error **error) {
            return function(engine_, request.data(), request.size(), &reply.string, error);
        };
        if (auto failed = detail::done(call); !failed) {
            return *failed.error();
        }
        return reply.copy();
    }

    carnet_engine *engine_;
};

/// Gets the log lines of all engines of the process: level `CARNET_LOG_*`, part of the library, message. Called on any thread,
/// also on several at a time; what it throws is lost.
using Log = std::function<void(std::int32_t, std::string_view, std::string_view)>;

/// Sets who gets the log lines, up to a level. Nobody with an empty function.
inline Result<void> try_set_log(std::int32_t level, Log log)
{
    if (!log) {
        return detail::done([&](carnet_error **error) { return carnet_log_set(level, nullptr, nullptr, nullptr, error); });
    }
    auto kept = std::make_unique<Log>(std::move(log));
    const carnet_log line = [](void *user, std::int32_t of, const char *target, const char *message) {
#ifdef CARNET_EXCEPTIONS
        try {
            (*static_cast<Log *>(user))(of, target, message);
        } catch (...) { // There is nobody to tell.
        }
#else
        (*static_cast<Log *>(user))(of, target, message);
#endif
    };
    const carnet_user_free free = [](void *user) { delete static_cast<Log *>(user); };
    // From here on the library frees it, also if the call fails.
    return detail::done([&](carnet_error **error) { return carnet_log_set(level, line, kept.release(), free, error); });
}

#ifdef CARNET_EXCEPTIONS
inline void set_log(std::int32_t level, Log log) { try_set_log(level, std::move(log)).value(); }
#endif

} // namespace carnet

#undef CARNET_EXCEPTIONS

#endif // CARNET_HPP
