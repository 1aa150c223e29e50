/*
 * A bad machine for one process, by LD_PRELOAD: a disk whose syncs fail or are slow, and a clock that jumps.
 *
 * BAD_MACHINE names a file of 4096 bytes, mapped by this process and by the test that tells it what to do:
 *
 *   offset  0  int64   added to the wall clock, in nanoseconds (the monotonic clock is left alone)
 *           8  int64   how many further syncs fail with EIO; negative: all of them
 *          16  int64   how long each sync takes longer, in microseconds
 *          24  int64   syncs so far
 *          32  int64   of them failed
 *          40  int64   the bytes of the last *.log file that a sync made durable
 *          64  char[]  that file's path
 *
 * Built by the test: cc -shared -fPIC -O2 -o bad_machine.so bad_machine.c -ldl
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define NANOS 1000000000LL

struct orders {
    volatile int64_t clock_nanos;
    volatile int64_t failing;
    volatile int64_t slow_micros;
    volatile int64_t syncs;
    volatile int64_t failed;
    volatile int64_t log_bytes;
    int64_t unused[2];
    char log_path[1024];
};

static struct orders *orders;
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_clock_gettime)(clockid_t, struct timespec *);

__attribute__((constructor)) static void begin(void) {
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
    const char *file = getenv("BAD_MACHINE");
    int fd = file ? open(file, O_RDWR) : -1;
    if (fd >= 0) {
        void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        orders = at == MAP_FAILED ? NULL : at;
        close(fd);
    }
}

static int failing(void) {
    int64_t left = orders->failing;
    if (left > 0) {
        orders->failing = left - 1;
    }
    return left != 0;
}

static void remember(int fd, int64_t bytes) {
    char link[64], path[1024];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length > 4 && memcmp(path + length - 4, ".log", 4) == 0) {
        path[length] = 0;
        orders->log_bytes = bytes;
        memcpy(orders->log_path, path, length + 1);
    }
}

static int sync_with(int (*real)(int), int fd) {
    struct stat before;
    if (!orders) {
        return real(fd);
    }
    __sync_fetch_and_add(&orders->syncs, 1);
    if (orders->slow_micros > 0) {
        usleep(orders->slow_micros);
    }
    if (failing()) {
        __sync_fetch_and_add(&orders->failed, 1);
        errno = EIO;
        return -1;
    }
    int known = fstat(fd, &before) == 0;
    int done = real(fd);
    if (done == 0 && known) {
        remember(fd, before.st_size);
    }
    return done;
}

int fsync(int fd) { return sync_with(real_fsync, fd); }

int fdatasync(int fd) { return sync_with(real_fdatasync, fd); }

int clock_gettime(clockid_t clock, struct timespec *now) {
    int done = real_clock_gettime ? real_clock_gettime(clock, now) : (int) syscall(SYS_clock_gettime, clock, now);
    if (done == 0 && clock == CLOCK_REALTIME && orders && orders->clock_nanos != 0) {
        int64_t nanos = now->tv_sec * NANOS + now->tv_nsec + orders->clock_nanos;
        now->tv_sec = nanos / NANOS;
        now->tv_nsec = nanos % NANOS;
    }
    return done;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec real;
    (void) zone;
    int done = clock_gettime(CLOCK_REALTIME, &real);
    now->tv_sec = real.tv_sec;
    now->tv_usec = real.tv_nsec / 1000;
    return done;
}

time_t time(time_t *into) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (into) {
        *into = now.tv_sec;
    }
    return now.tv_sec;
}
