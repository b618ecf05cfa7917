// Makes the disk fail when a test says so: loaded before the C library (LD_PRELOAD) into a program
// under test. TERRACE_SHIM says how, N counted over all regular files that are not the standard
// streams:
//   bytes:N:ERRNO  the N-th byte and all after it cannot be written (a short write up to it first)
//   sync:N:ERRNO   the N-th fsync fails
//   rename:N:ERRNO the N-th rename fails
//   short          every write takes half of what it is given
// With TERRACE_SHIM_ONLY writes count and fail in those files alone in whose path that text is.
// With TERRACE_SHIM_COUNT the number of bytes, syncs or renames is left in the file of that name.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_llong count;

__attribute__((destructor)) static void leave_count(void) {
  const char* name = getenv("TERRACE_SHIM_COUNT");
  FILE* file = name != NULL ? fopen(name, "w") : NULL;
  if (file == NULL) return;
  fprintf(file, "%lld\n", (long long)count);
  fclose(file);
}

static int mode(const char* name, long long* at, int* error) {
  const char* text = getenv("TERRACE_SHIM");
  const size_t length = strlen(name);
  if (text == NULL || strncmp(text, name, length) != 0) return 0;
  char* end = NULL;
  if (text[length] == ':') {
    *at = strtoll(text + length + 1, &end, 10);
    *error = end != NULL && *end == ':' ? atoi(end + 1) : EIO;
  }
  return 1;
}

static int is_file(int fd) {
  struct stat status;
  if (fd <= 2 || fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return 0;
  const char* only = getenv("TERRACE_SHIM_ONLY");
  if (only == NULL || *only == '\0') return 1;
  char link[64];
  char path[4096];
  snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
  const ssize_t length = readlink(link, path, sizeof(path) - 1);
  if (length < 0) return 0;
  path[length] = '\0';
  return strstr(path, only) != NULL;
}

ssize_t write(int fd, const void* bytes, size_t size) {
  static ssize_t (*real)(int, const void*, size_t);
  if (real == NULL) *(void**)&real = dlsym(RTLD_NEXT, "write");
  long long at = 0;
  int error = EIO;
  if (!is_file(fd)) return real(fd, bytes, size);
  if (mode("short", &at, &error)) return real(fd, bytes, size > 1 ? size / 2 : size);
  if (!mode("bytes", &at, &error)) return real(fd, bytes, size);
  const long long before = atomic_fetch_add(&count, (long long)size);
  if (before + (long long)size <= at) return real(fd, bytes, size);
  if (before >= at) {
    errno = error;
    return -1;
  }
  atomic_store(&count, at);
  return real(fd, bytes, (size_t)(at - before));
}

int fsync(int fd) {
  static int (*real)(int);
  if (real == NULL) *(void**)&real = dlsym(RTLD_NEXT, "fsync");
  long long at = 0;
  int error = EIO;
  if (mode("sync", &at, &error) && atomic_fetch_add(&count, 1) + 1 == at) {
    errno = error;
    return -1;
  }
  return real(fd);
}

static int refuses_rename(void) {
  long long at = 0;
  int error = EIO;
  if (!mode("rename", &at, &error) || atomic_fetch_add(&count, 1) + 1 != at) return 0;
  errno = error;
  return 1;
}

int rename(const char* from, const char* to) {
  static int (*real)(const char*, const char*);
  if (real == NULL) *(void**)&real = dlsym(RTLD_NEXT, "rename");
  return refuses_rename() ? -1 : real(from, to);
}

int renameat(int from_folder, const char* from, int to_folder, const char* to) {
  static int (*real)(int, const char*, int, const char*);
  if (real == NULL) *(void**)&real = dlsym(RTLD_NEXT, "renameat");
  return refuses_rename() ? -1 : real(from_folder, from, to_folder, to);
}
