// The same in C++. usage: consumer STORE
#include <carnet.hpp>

#include <iostream>

int main(int argc, char **argv)
{
    if (argc != 2) {
        return 2;
    }
    try {
        auto engine = carnet::Engine::open(argv[1], R"({"create":true})");
        engine.execute(R"({"op":"venue.add","args":{"name":"Club","time_zone":"Europe/Bucharest","currency":"EUR"}})");
        std::cout << "carnet " << carnet::version() << '\n';
    } catch (const carnet::Error &error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
