/*
 * Carnet for C++17: carnet.h with owners, exceptions or results. Header only, and nothing but the standard library.
 *
 * Ownership   An engine closes itself; replies and errors are values of C++. Objects move, they are not copied.
 * Errors      Every call has two forms. `execute` throws carnet::Error; `try_execute` returns carnet::Result, which holds
 *             either the value or the carnet::Error, and throws nothing but std::bad_alloc. Without exceptions
 *             (-fno-exceptions) only the second form is there.
 * Threads     As in C: any thread may call any method of one engine at once, but for `close`, moves and the destructor.
 * Texts       UTF-8, std::string_view in, std::string out.
 */
#ifndef CARNET_HPP
#define CARNET_HPP

#include "carnet.h"

#include <cstdint>
#include <cstdlib>
#include <exception>
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

/// An open store.
class Engine {
public:
    /// Opens a store. `options` is a JSON object, such as `{"create":true}`.
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
        carnet_error *error = nullptr;
        return done(carnet_engine_close(&engine_, &error), error);
    }

    /// Executes one operation: `{"op":"client.add","args":{…}}`. The reply is JSON too.
    Result<std::string> try_execute(std::string_view request) const
    {
        return text(carnet_execute, request);
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
#endif

private:
    explicit Engine(carnet_engine *engine) noexcept : engine_(engine) {}

    static Result<void> done(std::int32_t number, carnet_error *error)
    {
        if (number != CARNET_OK) {
            return Error(number, error);
        }
        return {};
    }

    /// Calls a function that answers with a text.
    template <class Function> Result<std::string> text(Function function, std::string_view request) const
    {
        Text reply;
        carnet_error *error = nullptr;
        const auto number = function(engine_, request.data(), request.size(), &reply.string, &error);
        if (number != CARNET_OK) {
            return Error(number, error);
        }
        return std::string(reply.string.ptr, reply.string.len);
    }

    /// A text of the library, freed also when its copy cannot be made.
    struct Text {
        carnet_string string{nullptr, 0};
        Text() = default;
        Text(const Text &) = delete;
        Text &operator=(const Text &) = delete;
        ~Text() { carnet_string_free(&string); }
    };

    carnet_engine *engine_;
};

} // namespace carnet

#undef CARNET_EXCEPTIONS

#endif // CARNET_HPP
