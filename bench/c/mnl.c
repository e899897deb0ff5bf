// What a careful C program does with libmnl: every message parsed, addresses and names as text, all of it kept.
#include "common.h"
#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <net/if.h>

#define MANY 80

struct route {
  struct rtmsg head;
  char dst[INET6_ADDRSTRLEN], gateway[INET6_ADDRSTRLEN], prefsrc[INET6_ADDRSTRLEN], src[INET6_ADDRSTRLEN];
  uint32_t table, oif, priority;
  struct rta_cacheinfo cache;
};
struct link {
  struct ifinfomsg head;
  char ifname[IFNAMSIZ], qdisc[32], kind[32], address[24], broadcast[24], token[INET6_ADDRSTRLEN];
  uint32_t numbers[MANY];
  struct rtnl_link_stats64 stats;
  struct rtnl_link_stats stats32;
  struct rtnl_link_ifmap map;
  uint32_t inet4[40], inet6[80];
  uint64_t inet6_stats[40], icmp6_stats[8];
};
struct neighbour {
  struct ndmsg head;
  char dst[INET6_ADDRSTRLEN], lladdr[24];
  uint32_t probes;
  struct nda_cacheinfo cache;
};

static struct mnl_socket *nl;
// Of the last dump and the one under way: results live as long as a caller would look at them.
static struct { char *items; size_t size, count, room; } kept, made;

static void *next(void) {
  if (made.count == made.room) {
    made.room = made.room == 0 ? 1024 : made.room * 2;
    made.items = realloc(made.items, made.room * made.size);
  }
  return memset(made.items + made.size * made.count++, 0, made.size);
}

struct table { const struct nlattr *at[MANY]; };
static int note(const struct nlattr *attr, void *data) {
  struct table *table = data;
  if (mnl_attr_get_type(attr) < MANY) table->at[mnl_attr_get_type(attr)] = attr;
  return MNL_CB_OK;
}
static void nested(const struct nlattr *nest, struct table *table) {
  memset(table, 0, sizeof *table);
  if (nest != NULL) mnl_attr_parse_nested(nest, note, table);
}
static void copy(void *to, size_t room, const struct nlattr *attr) {
  if (attr == NULL) return;
  size_t length = mnl_attr_get_payload_len(attr);
  memcpy(to, mnl_attr_get_payload(attr), length < room ? length : room);
}
static void text(char *to, size_t room, const struct nlattr *attr) {
  if (attr != NULL) snprintf(to, room, "%s", mnl_attr_get_str(attr));
}
static void ip(char *to, int family, const struct nlattr *attr) {
  if (attr != NULL) inet_ntop(family, mnl_attr_get_payload(attr), to, INET6_ADDRSTRLEN);
}
static void hardware(char *to, const struct nlattr *attr) {
  static const char digits[] = "0123456789abcdef";
  if (attr == NULL) return;
  const uint8_t *bytes = mnl_attr_get_payload(attr);
  for (int i = 0, n = mnl_attr_get_payload_len(attr); i < n && i < 6; i++) {
    if (i > 0) *to++ = ':';
    *to++ = digits[bytes[i] >> 4];
    *to++ = digits[bytes[i] & 15];
  }
}

static void take_route(const struct nlmsghdr *m) {
  struct table t = {0};
  struct route *route = next();
  route->head = *(struct rtmsg *)mnl_nlmsg_get_payload(m);
  mnl_attr_parse(m, sizeof(struct rtmsg), note, &t);
  ip(route->dst, route->head.rtm_family, t.at[RTA_DST]);
  ip(route->src, route->head.rtm_family, t.at[RTA_SRC]);
  ip(route->gateway, route->head.rtm_family, t.at[RTA_GATEWAY]);
  ip(route->prefsrc, route->head.rtm_family, t.at[RTA_PREFSRC]);
  copy(&route->table, 4, t.at[RTA_TABLE]);
  copy(&route->oif, 4, t.at[RTA_OIF]);
  copy(&route->priority, 4, t.at[RTA_PRIORITY]);
  copy(&route->cache, sizeof route->cache, t.at[RTA_CACHEINFO]);
}

static void take_link(const struct nlmsghdr *m) {
  struct table t = {0}, info, spec, family;
  struct link *link = next();
  link->head = *(struct ifinfomsg *)mnl_nlmsg_get_payload(m);
  mnl_attr_parse(m, sizeof(struct ifinfomsg), note, &t);
  for (int i = 0; i < MANY; i++) {
    if (t.at[i] != NULL && mnl_attr_get_payload_len(t.at[i]) <= 4) copy(&link->numbers[i], 4, t.at[i]);
  }
  text(link->ifname, sizeof link->ifname, t.at[IFLA_IFNAME]);
  text(link->qdisc, sizeof link->qdisc, t.at[IFLA_QDISC]);
  hardware(link->address, t.at[IFLA_ADDRESS]);
  hardware(link->broadcast, t.at[IFLA_BROADCAST]);
  copy(&link->stats, sizeof link->stats, t.at[IFLA_STATS64]);
  copy(&link->stats32, sizeof link->stats32, t.at[IFLA_STATS]);
  copy(&link->map, sizeof link->map, t.at[IFLA_MAP]);
  nested(t.at[IFLA_LINKINFO], &info);
  text(link->kind, sizeof link->kind, info.at[IFLA_INFO_KIND]);
  nested(t.at[IFLA_AF_SPEC], &spec);
  nested(spec.at[AF_INET], &family);
  copy(link->inet4, sizeof link->inet4, family.at[IFLA_INET_CONF]);
  nested(spec.at[AF_INET6], &family);
  copy(link->inet6, sizeof link->inet6, family.at[IFLA_INET6_CONF]);
  copy(link->inet6_stats, sizeof link->inet6_stats, family.at[IFLA_INET6_STATS]);
  copy(link->icmp6_stats, sizeof link->icmp6_stats, family.at[IFLA_INET6_ICMP6STATS]);
  ip(link->token, AF_INET6, family.at[IFLA_INET6_TOKEN]);
}

static void take_neighbour(const struct nlmsghdr *m) {
  struct table t = {0};
  struct neighbour *neighbour = next();
  neighbour->head = *(struct ndmsg *)mnl_nlmsg_get_payload(m);
  mnl_attr_parse(m, sizeof(struct ndmsg), note, &t);
  ip(neighbour->dst, neighbour->head.ndm_family, t.at[NDA_DST]);
  hardware(neighbour->lladdr, t.at[NDA_LLADDR]);
  copy(&neighbour->probes, 4, t.at[NDA_PROBES]);
  copy(&neighbour->cache, sizeof neighbour->cache, t.at[NDA_CACHEINFO]);
}

static int take(const struct nlmsghdr *m, void *data) {
  (void)data;
  if (m->nlmsg_type == RTM_NEWROUTE) take_route(m);
  else if (m->nlmsg_type == RTM_NEWLINK) take_link(m);
  else if (m->nlmsg_type == RTM_NEWNEIGH) take_neighbour(m);
  return MNL_CB_OK;
}

static void ask(struct request *request) {
  static uint32_t seq;
  static char buffer[256 * 1024];
  request->head.nlmsg_seq = ++seq;
  if (mnl_socket_sendto(nl, request, request->head.nlmsg_len) < 0) die("send");
  for (int more = MNL_CB_OK; more > MNL_CB_STOP;) {
    ssize_t length = mnl_socket_recvfrom(nl, buffer, sizeof buffer);
    if (length < 0) die("recv");
    more = mnl_cb_run(buffer, length, seq, mnl_socket_get_portid(nl), take, NULL);
    if (more < 0) die("refused");
    // Without NLM_F_ACK nothing follows the answer to a single question.
    if ((request->head.nlmsg_flags & NLM_F_DUMP) != NLM_F_DUMP) break;
  }
}

static void fresh(size_t size) {
  free(kept.items);
  memcpy(&kept, &made, sizeof kept);
  memset(&made, 0, sizeof made);
  made.size = size;
}

static void get(long count) {
  int64_t *times = malloc(count * sizeof *times);
  fresh(sizeof(struct link));
  for (long i = 0; i < count; i++) {
    struct request request;
    int64_t begin = now();
    ((struct ifinfomsg *)body(&request, RTM_GETLINK, 0, sizeof(struct ifinfomsg)))->ifi_index = 2 + i % 1000;
    ask(&request);
    times[i] = now() - begin;
  }
  reply_times(times, count);
  free(times);
}

static void run(const char *name, long argument) {
  struct request request;
  int64_t begin = now();
  int one = 1;
  if (nl == NULL) {
    nl = mnl_socket_open(NETLINK_ROUTE);
    if (nl == NULL || mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID) < 0) die("socket");
    mnl_socket_setsockopt(nl, NETLINK_GET_STRICT_CHK, &one, sizeof one);
  }
  if (dump_request(&request, name)) {
    fresh(name[0] == 'r' ? sizeof(struct route) : name[0] == 'l' ? sizeof(struct link) : sizeof(struct neighbour));
    ask(&request);
    printf("%ld %zu\n", (long)(now() - begin), made.count);
  } else if (strcmp(name, "get") == 0) {
    get(argument);
  } else {
    fprintf(stderr, "no operation %s\n", name);
    exit(1);
  }
}

int main(int argc, char **argv) { return serve(argc, argv, run); }
