/* Two processes on one file. */
#define _POSIX_C_SOURCE 200809L
#include "club.h"

#include <sys/wait.h>
#include <unistd.h>

/* Two that write without a pause take turns by chance: on a machine in use one may wait longer than the usual five seconds. */
#define PATIENT "{\"busy_timeout_ms\":120000}"

/* Charges a cent at a time from a process; 0 if all went well. */
static int charge_cents(carnet_engine *engine, long long client, int often)
{
    int i;
    for (i = 0; i < often; i++) {
        const carnet_call call = {.struct_size = sizeof call, .at = AT_MICROS + 1};
        const carnet_charge charge = {.struct_size = sizeof charge, .client = client, .amount = {.minor = 1, .currency = "EUR"}};
        carnet_error *error = NULL;
        if (carnet_account_charge(engine, &call, &charge, NULL, &error) != CARNET_OK) {
            fprintf(stderr, "a charge: %s\n", carnet_error_json(error));
            carnet_error_free(&error);
            return 1;
        }
    }
    return 0;
}

/* suite --second STORE CLIENT OFTEN */
int second_process(int argc, char **argv)
{
    carnet_engine *engine = NULL;
    int code;
    if (argc != 3 || carnet_engine_open(argv[0], SIZE_MAX, PATIENT, SIZE_MAX, &engine, NULL) != CARNET_OK) {
        return 2;
    }
    code = charge_cents(engine, atoll(argv[1]), atoi(argv[2]));
    return carnet_engine_close(&engine, NULL) != CARNET_OK ? 3 : code;
}

static void one_file(void)
{
    const int often = times(200);
    const char *path = new_path("shared.db");
    carnet_engine *copy = NULL;
    carnet_balance balance = {.struct_size = sizeof balance};
    club it = open_club("processes.db");
    char client[32], count[32];
    int status = -1;
    pid_t child;

    /* A store whose ids are not drawn from a seed: two processes with one would draw the same. */
    EQUAL(carnet_backup(it.engine, path, SIZE_MAX, NULL, NULL, NULL), CARNET_OK);
    close_it(&it.engine);
    EQUAL(carnet_engine_open(path, SIZE_MAX, PATIENT, SIZE_MAX, &copy, NULL), CARNET_OK);
    snprintf(client, sizeof client, "%lld", (long long)it.client);
    snprintf(count, sizeof count, "%d", often);
    fflush(NULL);
    child = fork();
    if (child == 0) {
        execl(program, program, "--second", path, client, count, (char *)NULL);
        _exit(127);
    }
    CHECK(child > 0);
    EQUAL(charge_cents(copy, it.client, often), 0);
    EQUAL(waitpid(child, &status, 0), child);
    CHECK(WIFEXITED(status));
    EQUAL(WEXITSTATUS(status), 0);
    EQUAL(carnet_account_balance(copy, NULL, it.client, NULL, 0, &balance, NULL), CARNET_OK);
    EQUAL(balance.balance.minor, 5000 - 2 * often);
    check_books(copy);
    close_it(&copy);
}

const test process_tests[] = {{"one_file", one_file}, {NULL, NULL}};
