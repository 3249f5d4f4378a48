/* Just enough JSON for these examples: reads values of a reply by their path, and writes a text into a request.
 * A real program has a JSON library. Carnet's replies hold no spaces between values, which this rests on. */
#ifndef JSON_H
#define JSON_H

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The first character after a value: a comma, a closing bracket, or the end. */
static inline const char *json_end(const char *at)
{
    int depth = 0;
    for (; *at != '\0'; at++) {
        if (*at == '"') {
            for (at++; *at != '\0' && *at != '"'; at++) {
                if (*at == '\\' && at[1] != '\0') {
                    at++;
                }
            }
            if (*at == '\0') {
                break;
            }
        } else if (*at == '{' || *at == '[') {
            depth++;
        } else if (*at == '}' || *at == ']') {
            if (depth == 0) {
                break;
            }
            depth--;
        } else if (*at == ',' && depth == 0) {
            break;
        }
    }
    return at;
}

/* The value at a path such as "reply.clients.0.client"; NULL if there is none. */
static inline const char *json_find(const char *at, const char *path)
{
    while (at != NULL && *path != '\0') {
        const size_t length = strcspn(path, ".");
        const int object = *at == '{';
        unsigned long place = *at == '[' ? strtoul(path, NULL, 10) : 0;
        if (!object && *at != '[') {
            return NULL;
        }
        for (at++;; at = json_end(at) + 1) {
            int found = place-- == 0;
            if (*at == '\0' || *at == '}' || *at == ']') {
                return NULL;
            }
            if (object) {
                found = strncmp(at + 1, path, length) == 0 && at[1 + length] == '"';
                at = strstr(at + 1, "\":");
                if (at == NULL) {
                    return NULL;
                }
                at += 2;
            }
            if (found) {
                break;
            }
            if (*json_end(at) != ',') {
                return NULL;
            }
        }
        path += length;
        path += *path == '.';
    }
    return at;
}

/* The whole number at a path; 0 if there is none. Ids are never 0. */
static inline long long json_number(const char *json, const char *path)
{
    const char *at = json_find(json, path);
    return at == NULL ? 0 : strtoll(at, NULL, 10);
}

/* The text at a path, or the number as a text, copied; "" if there is none. Returns `text`. */
static inline const char *json_text(const char *json, const char *path, char *text, size_t size)
{
    const char *at = json_find(json, path);
    size_t used = 0;
    if (at != NULL && *at == '"') {
        for (at++; *at != '\0' && *at != '"' && used + 1 < size; at++) {
            at += *at == '\\' && at[1] != '\0';
            text[used++] = *at;
        }
    } else if (at != NULL) {
        const char *end = json_end(at);
        while (at < end && used + 1 < size) {
            text[used++] = *at++;
        }
    }
    text[used] = '\0';
    return text;
}

/* Writes a text with what JSON needs escaped, cut if it is too long. Returns `quoted`. */
static inline const char *json_quote(const char *text, char *quoted, size_t size)
{
    size_t used = 0;
    for (; *text != '\0' && used + 2 < size; text++) {
        if ((unsigned char)*text >= ' ') {
            if (*text == '"' || *text == '\\') {
                quoted[used++] = '\\';
            }
            quoted[used++] = *text;
        }
    }
    quoted[used] = '\0';
    return quoted;
}

#endif /* JSON_H */
