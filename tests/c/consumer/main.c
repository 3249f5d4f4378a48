/* The smallest program that shows that the library it was linked with works. usage: consumer STORE */
#include <carnet.h>

#include <stdio.h>

int main(int argc, char **argv)
{
    static const char venue[] = "{\"op\":\"" CARNET_OP_VENUE_ADD "\",\"args\":{\"name\":\"Club\","
                                "\"time_zone\":\"Europe/Bucharest\",\"currency\":\"EUR\"}}";
    carnet_engine *engine = NULL;
    carnet_error *error = NULL;
    carnet_string reply = {NULL, 0};
    int32_t number;

    if (argc != 2 || carnet_abi_version() != CARNET_ABI_VERSION) {
        return 2;
    }
    number = carnet_engine_open(argv[1], SIZE_MAX, "{\"create\":true}", SIZE_MAX, &engine, &error);
    if (number == CARNET_OK) {
        number = carnet_execute(engine, venue, sizeof venue - 1, &reply, &error);
    }
    if (number == CARNET_OK) {
        printf("carnet %s\n", carnet_version());
        carnet_string_free(&reply);
        number = carnet_engine_close(&engine, &error);
    }
    if (number != CARNET_OK) {
        fprintf(stderr, "%s\n", carnet_error_message(error));
        carnet_error_free(&error);
    }
    return number != CARNET_OK;
}
