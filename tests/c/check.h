/* The harness of the C tests: checks that go on after a failure, and a list of tests. */
#ifndef CHECK_H
#define CHECK_H

#include "carnet.h"

#include <stdio.h>
#include <string.h>

/* Checks of the running test that failed. Only the main thread checks. */
extern int check_failures;

#define CHECK(condition)                                                       \
    do {                                                                       \
        if (!(condition)) {                                                    \
            check_failures++;                                                  \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);    \
        }                                                                      \
    } while (0)

/* Two whole numbers are equal; says which they are if not. */
#define EQUAL(is, must)                                                                                              \
    do {                                                                                                             \
        const long long is_ = (long long)(is), must_ = (long long)(must);                                            \
        if (is_ != must_) {                                                                                          \
            check_failures++;                                                                                        \
            fprintf(stderr, "%s:%d: %s is %lld, not %lld\n", __FILE__, __LINE__, #is, is_, must_);                   \
        }                                                                                                            \
    } while (0)

/* Two texts are equal, or both null. */
#define SAME(is, must)                                                                                               \
    do {                                                                                                             \
        const char *const is_ = (is), *const must_ = (must);                                                         \
        if ((is_ == NULL) != (must_ == NULL) || (is_ != NULL && strcmp(is_, must_) != 0)) {                          \
            check_failures++;                                                                                        \
            fprintf(stderr, "%s:%d: %s is %s, not %s\n", __FILE__, __LINE__, #is, is_ ? is_ : "null",                \
                    must_ ? must_ : "null");                                                                         \
        }                                                                                                            \
    } while (0)

typedef struct {
    const char *name;
    void (*run)(void);
} test;

/* The tests of each file, ended by an empty one. */
extern const test engine_tests[], error_tests[], door_tests[], till_tests[], hold_tests[], feed_tests[], thread_tests[],
    process_tests[];

/* A new path in the folder of this run. Lives until the program ends. */
const char *new_path(const char *name);
/* How often something is repeated: less under Valgrind. */
int times(int often);
/* What the program was started as, for a second process. */
extern const char *program;

/* What a process that the tests start does; its exit code. */
int second_process(int argc, char **argv);

#endif /* CHECK_H */
