/* Runs the C tests. usage: suite FOLDER [TEST…]; CARNET_SUITE_SHORT=1 repeats less, for Valgrind. */
#include "check.h"

#include <stdlib.h>

int check_failures = 0;
const char *program;
static const char *folder;

const char *new_path(const char *name)
{
    static char paths[64][512];
    static int used = 0;
    char *path = paths[used];
    if (used + 1 < 64) {
        used++;
    }
    snprintf(path, sizeof paths[0], "%s/%d-%s", folder, used, name);
    return path;
}

int times(int often)
{
    const char *brief = getenv("CARNET_SUITE_SHORT");
    const int less = often / 50;
    return brief == NULL ? often : less > 2 ? less : 2;
}

static int wanted(const char *name, int argc, char **argv)
{
    int i;
    for (i = 2; i < argc; i++) {
        if (strcmp(argv[i], name) == 0) {
            return 1;
        }
    }
    return argc == 2;
}

int main(int argc, char **argv)
{
    static const test *const lists[] = {engine_tests, error_tests, door_tests,   till_tests,
                                        hold_tests,   feed_tests,  thread_tests, process_tests};
    int passed = 0, failed = 0;
    size_t list;

    if (argc < 2) {
        fprintf(stderr, "usage: suite FOLDER [TEST...]\n");
        return 2;
    }
    program = argv[0];
    if (strcmp(argv[1], "--second") == 0) {
        return second_process(argc - 2, argv + 2);
    }
    folder = argv[1];
    for (list = 0; list < sizeof lists / sizeof lists[0]; list++) {
        const test *one;
        for (one = lists[list]; one->name != NULL; one++) {
            if (!wanted(one->name, argc, argv)) {
                continue;
            }
            check_failures = 0;
            one->run();
            if (check_failures == 0) {
                passed++;
            } else {
                failed++;
                fprintf(stderr, "%s failed\n", one->name);
            }
        }
    }
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0 || passed == 0;
}
