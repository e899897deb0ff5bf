// The floor: what the kernel needs, and nothing else. Messages are counted, no attribute is looked at.
#include "common.h"

static int fd = -1;
static uint32_t seq;
static char buffer[256 * 1024];

static ssize_t take(int from) {
  ssize_t length = recv(from, buffer, sizeof buffer, 0);
  if (length < 0 && errno != ENOBUFS) die("recv");
  return length;
}

static void ask(struct request *request) {
  request->head.nlmsg_seq = ++seq;
  if (send(fd, request, request->head.nlmsg_len, 0) < 0) die("send");
}

static long dump(struct request *request) {
  ask(request);
  for (long count = 0;;) {
    size_t left = take(fd);
    for (struct nlmsghdr *m = (void *)buffer; NLMSG_OK(m, left); m = NLMSG_NEXT(m, left)) {
      if (m->nlmsg_type == NLMSG_DONE) return count;
      if (m->nlmsg_type == NLMSG_ERROR) die("dump refused");
      count++;
    }
  }
}

// The answer is one datagram; with an ack, as nlkit asks, there is a second.
static void get(long count, int ack) {
  int64_t *times = malloc(count * sizeof *times);
  for (long i = 0; i < count; i++) {
    struct request request;
    int64_t begin = now();
    ((struct ifinfomsg *)body(&request, RTM_GETLINK, ack, sizeof(struct ifinfomsg)))->ifi_index = 2 + i % 1000;
    ask(&request);
    take(fd);
    if (((struct nlmsghdr *)buffer)->nlmsg_type != RTM_NEWLINK) die("no such link");
    if (ack) take(fd);
    times[i] = now() - begin;
  }
  reply_times(times, count);
  free(times);
}

// 10.128.0.0 and up, /32, out of link 2: the routes that contenders/nlkit-requests.ts makes.
static void route_request(struct request *request, int make, uint32_t i) {
  int type = make ? RTM_NEWROUTE : RTM_DELROUTE;
  struct rtmsg *route = body(request, type, NLM_F_ACK | (make ? NLM_F_CREATE | NLM_F_EXCL : 0), sizeof *route);
  route->rtm_family = AF_INET;
  route->rtm_dst_len = 32;
  route->rtm_table = RT_TABLE_MAIN;
  route->rtm_scope = RT_SCOPE_LINK;
  route->rtm_protocol = make ? RTPROT_BOOT : 0;
  route->rtm_type = make ? RTN_UNICAST : 0;
  attribute(request, RTA_DST, htonl(0x0a800000 + i));
  attribute(request, RTA_OIF, 2);
}

static void change(long count, int make) {
  int64_t *times = malloc(count * sizeof *times);
  for (long i = 0; i < count; i++) {
    struct request request;
    int64_t begin = now();
    route_request(&request, make, i);
    ask(&request);
    take(fd);
    struct nlmsgerr *verdict = NLMSG_DATA((struct nlmsghdr *)buffer);
    errno = -verdict->error;
    if (verdict->error != 0) die("route refused");
    times[i] = now() - begin;
  }
  reply_times(times, count);
  free(times);
}

// So many changes, half of them making what the other half takes away, 100 in a datagram.
static void burst(long count) {
  static char many[100 * sizeof(struct request)];
  int64_t begin = now();
  for (long i = 0; i < count;) {
    size_t length = 0;
    for (int n = 0; n < 100 && i < count; n++, i++) {
      struct request request;
      int make = i < count / 2;
      route_request(&request, make, make ? i : i - count / 2);
      // Only what is refused is answered.
      request.head.nlmsg_flags &= ~NLM_F_ACK;
      memcpy(many + length, &request, request.head.nlmsg_len);
      length += NLMSG_ALIGN(request.head.nlmsg_len);
    }
    if (send(fd, many, length, 0) < 0) die("send");
  }
  if (recv(fd, buffer, sizeof buffer, MSG_DONTWAIT) >= 0) die("a route of the burst was refused");
  printf("%ld %ld\n", (long)(now() - begin), count);
}

static int events = -1;

static void listen_routes(int bytes) {
  int group = RTNLGRP_IPV4_ROUTE;
  struct sockaddr_nl self = {.nl_family = AF_NETLINK};
  if (events >= 0) close(events);
  events = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  // A socket without a port hears nothing: events are kept from port 0.
  if (bind(events, (struct sockaddr *)&self, sizeof self) < 0) die("bind");
  if (bytes > 0) setsockopt(events, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes);
  if (setsockopt(events, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group) < 0) die("membership");
  printf("0 0\n");
}

// From the first event to the route of protocol 99 that ends the burst: time, events, overruns.
static void collect(void) {
  long count = 0, overruns = 0;
  int64_t begin = 0;
  for (;;) {
    ssize_t length = take(events);
    if (begin == 0) begin = now();
    if (length < 0) {
      overruns++;
      continue;
    }
    struct nlmsghdr *m = (void *)buffer;
    if (((struct rtmsg *)NLMSG_DATA(m))->rtm_protocol == 99) break;
    count++;
  }
  printf("%ld %ld %ld\n", (long)(now() - begin), count, overruns);
}

static void run(const char *name, long argument) {
  struct request request;
  int64_t begin = now();
  if (fd < 0) fd = open_socket();
  if (dump_request(&request, name)) {
    long count = dump(&request);
    printf("%ld %ld\n", (long)(now() - begin), count);
  } else if (strcmp(name, "get") == 0) {
    get(argument, 0);
  } else if (strcmp(name, "get-ack") == 0) {
    get(argument, NLM_F_ACK);
  } else if (strcmp(name, "add") == 0) {
    change(argument, 1);
  } else if (strcmp(name, "delete") == 0) {
    change(argument, 0);
  } else if (strcmp(name, "burst") == 0) {
    burst(argument);
  } else if (strcmp(name, "listen") == 0) {
    listen_routes(argument);
  } else if (strcmp(name, "collect") == 0) {
    collect();
  } else {
    fprintf(stderr, "no operation %s\n", name);
    exit(1);
  }
}

int main(int argc, char **argv) { return serve(argc, argv, run); }
