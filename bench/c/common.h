// What the C contenders share: the line protocol of bench/process.ts, a clock, peak memory, a socket as nlkit opens it, requests.
#pragma once
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/neighbour.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

// Not in every distribution's headers.
#ifndef RTEXT_FILTER_SKIP_STATS
#define RTEXT_FILTER_SKIP_STATS (1 << 3)
#endif
#ifndef NETLINK_GET_STRICT_CHK
#define NETLINK_GET_STRICT_CHK 12
#endif
#ifndef SOL_NETLINK
#define SOL_NETLINK 270
#endif

static inline void die(const char *what) {
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  exit(1);
}

static inline int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

// VmHWM, not ru_maxrss: that one is inherited through exec from the parent that forked us.
static inline long peak_kib(void) {
  char line[256];
  long kib = 0;
  FILE *file = fopen("/proc/self/status", "r");
  while (file != NULL && fgets(line, sizeof line, file) != NULL) sscanf(line, "VmHWM: %ld", &kib);
  if (file != NULL) fclose(file);
  return kib;
}

// The same options as nlkit's socket: they change what the kernel does and says.
static inline int open_socket(void) {
  int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE), one = 1;
  if (fd < 0) die("socket");
  setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof one);
  setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &one, sizeof one);
  setsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &one, sizeof one);
  struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
  if (connect(fd, (struct sockaddr *)&kernel, sizeof kernel) < 0) die("connect");
  return fd;
}

struct request {
  struct nlmsghdr head;
  char rest[256];
};

static inline void *body(struct request *request, int type, int flags, size_t length) {
  memset(request, 0, sizeof *request);
  request->head.nlmsg_len = NLMSG_LENGTH(length);
  request->head.nlmsg_type = type;
  request->head.nlmsg_flags = NLM_F_REQUEST | flags;
  return NLMSG_DATA(&request->head);
}

static inline void attribute(struct request *request, int type, uint32_t value) {
  struct rtattr *at = (struct rtattr *)((char *)request + NLMSG_ALIGN(request->head.nlmsg_len));
  at->rta_type = type;
  at->rta_len = RTA_LENGTH(sizeof value);
  memcpy(RTA_DATA(at), &value, sizeof value);
  request->head.nlmsg_len = NLMSG_ALIGN(request->head.nlmsg_len) + RTA_LENGTH(sizeof value);
}

// The dump that an operation names: byte for byte what nlkit's list() asks.
static inline int dump_request(struct request *request, const char *what) {
  if (strcmp(what, "routes") == 0) {
    ((struct rtmsg *)body(request, RTM_GETROUTE, NLM_F_DUMP, sizeof(struct rtmsg)))->rtm_family = AF_INET;
  } else if (strcmp(what, "neighbours") == 0) {
    ((struct ndmsg *)body(request, RTM_GETNEIGH, NLM_F_DUMP, sizeof(struct ndmsg)))->ndm_family = AF_INET;
  } else if (strcmp(what, "links") == 0 || strcmp(what, "links-full") == 0) {
    body(request, RTM_GETLINK, NLM_F_DUMP, sizeof(struct ifinfomsg));
    attribute(request, IFLA_EXT_MASK, what[5] == '\0' ? RTEXT_FILTER_SKIP_STATS : 0);
  } else {
    return 0;
  }
  return 1;
}

static int by_value(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

// Sorts times of single calls and says "total count p50 p99".
static inline void reply_times(int64_t *times, long count) {
  int64_t total = 0;
  for (long i = 0; i < count; i++) total += times[i];
  qsort(times, count, sizeof *times, by_value);
  printf("%ld %ld %ld %ld\n", (long)total, count, (long)times[count / 2], (long)times[count * 99 / 100]);
}

typedef void (*operation)(const char *name, long argument);

// A line in, a line out; with --once OPERATION one operation, and the peak of the process behind it.
static inline int serve(int argc, char **argv, operation run) {
  char line[128], name[64];
  setvbuf(stdout, NULL, _IOLBF, 0);
  if (argc > 2 && strcmp(argv[1], "--once") == 0) {
    run(argv[2], argc > 3 ? atol(argv[3]) : 0);
    printf("%ld\n", peak_kib());
    return 0;
  }
  while (fgets(line, sizeof line, stdin) != NULL) {
    long argument = 0;
    if (sscanf(line, "%63s %ld", name, &argument) < 1) continue;
    run(name, argument);
  }
  return 0;
}
