/* The door of C for the scenario corpus: one request a line in, one reply a line out, an array being a batch.
 * usage: door NEW_STORE SEED */
#include "carnet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A line without its end; 0 at the end of the input. The corpus has long ones. */
static int read_line(char **line, size_t *size)
{
    size_t used = 0;
    int c;
    while ((c = getchar()) != EOF && c != '\n') {
        if (used + 2 > *size) {
            char *longer = realloc(*line, *size * 2);
            if (longer == NULL) {
                return 0;
            }
            *line = longer;
            *size *= 2;
        }
        (*line)[used++] = (char)c;
    }
    (*line)[used] = '\0';
    return c != EOF || used > 0;
}

int main(int argc, char **argv)
{
    carnet_engine *engine = NULL;
    carnet_error *error = NULL;
    size_t size = 4096;
    char *line = malloc(size);
    char options[64];

    if (argc != 3 || line == NULL) {
        fprintf(stderr, "usage: door NEW_STORE SEED\n");
        return 2;
    }
    snprintf(options, sizeof options, "{\"create\":true,\"seed\":%s}", argv[2]);
    if (carnet_engine_open(argv[1], SIZE_MAX, options, SIZE_MAX, &engine, &error) != CARNET_OK) {
        fprintf(stderr, "%s\n", carnet_error_json(error));
        return 1;
    }
    while (read_line(&line, &size)) {
        carnet_string reply = {NULL, 0};
        const int batch = line[0] == '[';
        const int32_t number = batch ? carnet_execute_batch(engine, line, SIZE_MAX, &reply, &error)
                                     : carnet_execute(engine, line, SIZE_MAX, &reply, &error);
        if (number == CARNET_OK) {
            puts(reply.ptr);
        } else if (batch && carnet_error_index(error) >= 0) {
            printf("{\"error\":%s,\"index\":%lld}\n", carnet_error_json(error), (long long)carnet_error_index(error));
        } else {
            printf("{\"error\":%s}\n", carnet_error_json(error));
        }
        fflush(stdout);
        carnet_string_free(&reply);
        carnet_error_free(&error);
    }
    free(line);
    return carnet_engine_close(&engine, NULL) != CARNET_OK;
}
