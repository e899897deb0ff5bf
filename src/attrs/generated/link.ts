// Written by scripts/generate.ts from the tables: do not edit.
import { hardwareText, ipText } from "../../codec/address.ts";
import type { RawAttribute } from "../../codec/attribute.ts";
import type { Reader, Wanted } from "../../codec/bytes.ts";
import { copyOf } from "../../codec/bytes.ts";
import type { ValueOf } from "../../codec/codec.ts";
import { AlikeLists, FAST_DEPTH, rawOf, roomy, u64Of } from "../../codec/fast.ts";
import type { FastBody } from "../../codec/registry.ts";
import { textOf } from "../../codec/text.ts";
import type { bridgeId } from "../route/bridge-common.ts";
import type { bridgePort } from "../route/bridge-port.ts";
import { linkAttrs } from "../route/link.ts";
import type { inet6CacheInfo, linkAfSpecs, linkInet, linkInet6, linkMctp } from "../route/link-af-spec.ts";
import type { bridgeAfSpec, bridgeVlanInfo, bridgeVlanTunnelInfo } from "../route/link-bridge-spec.ts";
import type { linkHeader } from "../route/link-header.ts";
import type { linkInfo } from "../route/link-info.ts";
import type { bridgeBoolopts, bridgeInfo, bridgeQuerier } from "../route/link-kinds/bridge.ts";
import type { macvlanAddresses, macvlanInfo } from "../route/link-kinds/macvlan.ts";
import type { vethInfo } from "../route/link-kinds/veth.ts";
import type { vxlanInfo, vxlanPortRange } from "../route/link-kinds/vxlan.ts";
import type { linkPropList, linkProtoDownReason, linkXdp } from "../route/link-nests.ts";
import type { linkMap, linkStats, linkStats64 } from "../route/link-stats.ts";

const readLinkStats = (r: Reader, at: number): ValueOf<typeof linkStats> => {
  const { dv } = r;
  return {
    rxPackets: dv.getUint32(at, true),
    txPackets: dv.getUint32(at + 4, true),
    rxBytes: dv.getUint32(at + 8, true),
    txBytes: dv.getUint32(at + 12, true),
    rxErrors: dv.getUint32(at + 16, true),
    txErrors: dv.getUint32(at + 20, true),
    rxDropped: dv.getUint32(at + 24, true),
    txDropped: dv.getUint32(at + 28, true),
    multicast: dv.getUint32(at + 32, true),
    collisions: dv.getUint32(at + 36, true),
    rxLengthErrors: dv.getUint32(at + 40, true),
    rxOverErrors: dv.getUint32(at + 44, true),
    rxCrcErrors: dv.getUint32(at + 48, true),
    rxFrameErrors: dv.getUint32(at + 52, true),
    rxFifoErrors: dv.getUint32(at + 56, true),
    rxMissedErrors: dv.getUint32(at + 60, true),
    txAbortedErrors: dv.getUint32(at + 64, true),
    txCarrierErrors: dv.getUint32(at + 68, true),
    txFifoErrors: dv.getUint32(at + 72, true),
    txHeartbeatErrors: dv.getUint32(at + 76, true),
    txWindowErrors: dv.getUint32(at + 80, true),
    rxCompressed: dv.getUint32(at + 84, true),
    txCompressed: dv.getUint32(at + 88, true),
    rxNohandler: dv.getUint32(at + 92, true),
  };
};

const readLinkMap = (r: Reader, at: number): ValueOf<typeof linkMap> => {
  const { dv, u8 } = r;
  return {
    memStart: u64Of(dv, at),
    memEnd: u64Of(dv, at + 8),
    baseAddr: u64Of(dv, at + 16),
    irq: dv.getUint16(at + 24, true),
    dma: u8[at + 26] as number,
    port: u8[at + 27] as number,
  };
};

const readBridgeId = (r: Reader, at: number): ValueOf<typeof bridgeId> => {
  const { dv, u8 } = r;
  return { prio: dv.getUint16(at, false), addr: hardwareText(u8, at + 2, at + 8) };
};

const readBridgeBoolopts = (r: Reader, at: number): ValueOf<typeof bridgeBoolopts> => {
  const { dv } = r;
  return { optval: dv.getUint32(at, true), optmask: dv.getUint32(at + 4, true) };
};

type BridgeQuerierValue = ValueOf<typeof bridgeQuerier>;
const readBridgeQuerier = (r: Reader, at: number, end: number): BridgeQuerierValue | undefined => {
  const { dv, u8 } = r;
  let ipAddress_: BridgeQuerierValue["ipAddress"];
  let ipPort_: BridgeQuerierValue["ipPort"];
  let ipOtherTimer_: BridgeQuerierValue["ipOtherTimer"];
  let ipv6Address_: BridgeQuerierValue["ipv6Address"];
  let ipv6Port_: BridgeQuerierValue["ipv6Port"];
  let ipv6OtherTimer_: BridgeQuerierValue["ipv6OtherTimer"];
  let unknown: RawAttribute[] | undefined;
  while (end - at >= 4) {
    const head = dv.getInt32(at, true);
    const word = head >>> 16;
    const p = at + 4;
    const e = at + (head & 0xffff);
    if (e < p || e > end || (head & 0x40000000) !== 0) return;
    at = (e + 3) & ~3;
    switch (word & 0x3fff) {
      case 1:
        ipAddress_ = ipText(u8, p, e);
        break;
      case 2:
        if (e - p !== 4) return;
        ipPort_ = dv.getUint32(p, true);
        break;
      case 3:
        if (e - p !== 8) return;
        ipOtherTimer_ = u64Of(dv, p);
        break;
      case 5:
        ipv6Address_ = ipText(u8, p, e);
        break;
      case 6:
        if (e - p !== 4) return;
        ipv6Port_ = dv.getUint32(p, true);
        break;
      case 7:
        if (e - p !== 8) return;
        ipv6OtherTimer_ = u64Of(dv, p);
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
    }
  }
  if (at < end) return;
  const out: BridgeQuerierValue = {};
  if (ipAddress_ !== undefined) out.ipAddress = ipAddress_;
  if (ipPort_ !== undefined) out.ipPort = ipPort_;
  if (ipOtherTimer_ !== undefined) out.ipOtherTimer = ipOtherTimer_;
  if (ipv6Address_ !== undefined) out.ipv6Address = ipv6Address_;
  if (ipv6Port_ !== undefined) out.ipv6Port = ipv6Port_;
  if (ipv6OtherTimer_ !== undefined) out.ipv6OtherTimer = ipv6OtherTimer_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

type BridgeInfoValue = ValueOf<typeof bridgeInfo>;
const BridgeInfoValueRoom = /* @__PURE__ */ roomy<BridgeInfoValue>();
const readBridgeInfo = (r: Reader, at: number, end: number): BridgeInfoValue | undefined => {
  const { dv, u8 } = r;
  let forwardDelay_: BridgeInfoValue["forwardDelay"];
  let helloTime_: BridgeInfoValue["helloTime"];
  let maxAge_: BridgeInfoValue["maxAge"];
  let ageingTime_: BridgeInfoValue["ageingTime"];
  let stpState_: BridgeInfoValue["stpState"];
  let priority_: BridgeInfoValue["priority"];
  let vlanFiltering_: BridgeInfoValue["vlanFiltering"];
  let vlanProtocol_: BridgeInfoValue["vlanProtocol"];
  let groupFwdMask_: BridgeInfoValue["groupFwdMask"];
  let rootId_: BridgeInfoValue["rootId"];
  let bridgeId_: BridgeInfoValue["bridgeId"];
  let rootPort_: BridgeInfoValue["rootPort"];
  let rootPathCost_: BridgeInfoValue["rootPathCost"];
  let topologyChange_: BridgeInfoValue["topologyChange"];
  let topologyChangeDetected_: BridgeInfoValue["topologyChangeDetected"];
  let helloTimer_: BridgeInfoValue["helloTimer"];
  let tcnTimer_: BridgeInfoValue["tcnTimer"];
  let topologyChangeTimer_: BridgeInfoValue["topologyChangeTimer"];
  let gcTimer_: BridgeInfoValue["gcTimer"];
  let groupAddr_: BridgeInfoValue["groupAddr"];
  let fdbFlush_: BridgeInfoValue["fdbFlush"];
  let mcastRouter_: BridgeInfoValue["mcastRouter"];
  let mcastSnooping_: BridgeInfoValue["mcastSnooping"];
  let mcastQueryUseIfaddr_: BridgeInfoValue["mcastQueryUseIfaddr"];
  let mcastQuerier_: BridgeInfoValue["mcastQuerier"];
  let mcastHashElasticity_: BridgeInfoValue["mcastHashElasticity"];
  let mcastHashMax_: BridgeInfoValue["mcastHashMax"];
  let mcastLastMemberCnt_: BridgeInfoValue["mcastLastMemberCnt"];
  let mcastStartupQueryCnt_: BridgeInfoValue["mcastStartupQueryCnt"];
  let mcastLastMemberIntvl_: BridgeInfoValue["mcastLastMemberIntvl"];
  let mcastMembershipIntvl_: BridgeInfoValue["mcastMembershipIntvl"];
  let mcastQuerierIntvl_: BridgeInfoValue["mcastQuerierIntvl"];
  let mcastQueryIntvl_: BridgeInfoValue["mcastQueryIntvl"];
  let mcastQueryResponseIntvl_: BridgeInfoValue["mcastQueryResponseIntvl"];
  let mcastStartupQueryIntvl_: BridgeInfoValue["mcastStartupQueryIntvl"];
  let nfCallIptables_: BridgeInfoValue["nfCallIptables"];
  let nfCallIp6tables_: BridgeInfoValue["nfCallIp6tables"];
  let nfCallArptables_: BridgeInfoValue["nfCallArptables"];
  let vlanDefaultPvid_: BridgeInfoValue["vlanDefaultPvid"];
  let vlanStatsEnabled_: BridgeInfoValue["vlanStatsEnabled"];
  let mcastStatsEnabled_: BridgeInfoValue["mcastStatsEnabled"];
  let mcastIgmpVersion_: BridgeInfoValue["mcastIgmpVersion"];
  let mcastMldVersion_: BridgeInfoValue["mcastMldVersion"];
  let vlanStatsPerPort_: BridgeInfoValue["vlanStatsPerPort"];
  let multiBoolopt_: BridgeInfoValue["multiBoolopt"];
  let mcastQuerierState_: BridgeInfoValue["mcastQuerierState"];
  let fdbNLearned_: BridgeInfoValue["fdbNLearned"];
  let fdbMaxLearned_: BridgeInfoValue["fdbMaxLearned"];
  let stpMode_: BridgeInfoValue["stpMode"];
  let unknown: RawAttribute[] | undefined;
  while (end - at >= 4) {
    const head = dv.getInt32(at, true);
    const word = head >>> 16;
    const p = at + 4;
    const e = at + (head & 0xffff);
    if (e < p || e > end || (head & 0x40000000) !== 0) return;
    at = (e + 3) & ~3;
    switch (word & 0x3fff) {
      case 1:
        if (e - p !== 4) return;
        forwardDelay_ = dv.getUint32(p, true);
        break;
      case 2:
        if (e - p !== 4) return;
        helloTime_ = dv.getUint32(p, true);
        break;
      case 3:
        if (e - p !== 4) return;
        maxAge_ = dv.getUint32(p, true);
        break;
      case 4:
        if (e - p !== 4) return;
        ageingTime_ = dv.getUint32(p, true);
        break;
      case 5:
        if (e - p !== 4) return;
        stpState_ = dv.getUint32(p, true);
        break;
      case 6:
        if (e - p !== 2) return;
        priority_ = dv.getUint16(p, true);
        break;
      case 7:
        if (e - p !== 1) return;
        vlanFiltering_ = u8[p] as number;
        break;
      case 8:
        if (e - p !== 2) return;
        vlanProtocol_ = dv.getUint16(p, false);
        break;
      case 9:
        if (e - p !== 2) return;
        groupFwdMask_ = dv.getUint16(p, true);
        break;
      case 10:
        if (e - p < 8) return;
        rootId_ = readBridgeId(r, p);
        break;
      case 11:
        if (e - p < 8) return;
        bridgeId_ = readBridgeId(r, p);
        break;
      case 12:
        if (e - p !== 2) return;
        rootPort_ = dv.getUint16(p, true);
        break;
      case 13:
        if (e - p !== 4) return;
        rootPathCost_ = dv.getUint32(p, true);
        break;
      case 14:
        if (e - p !== 1) return;
        topologyChange_ = u8[p] as number;
        break;
      case 15:
        if (e - p !== 1) return;
        topologyChangeDetected_ = u8[p] as number;
        break;
      case 16:
        if (e - p !== 8) return;
        helloTimer_ = u64Of(dv, p);
        break;
      case 17:
        if (e - p !== 8) return;
        tcnTimer_ = u64Of(dv, p);
        break;
      case 18:
        if (e - p !== 8) return;
        topologyChangeTimer_ = u64Of(dv, p);
        break;
      case 19:
        if (e - p !== 8) return;
        gcTimer_ = u64Of(dv, p);
        break;
      case 20:
        groupAddr_ = hardwareText(u8, p, e);
        break;
      case 21:
        if (e !== p) return;
        fdbFlush_ = true;
        break;
      case 22:
        if (e - p !== 1) return;
        mcastRouter_ = u8[p] as number;
        break;
      case 23:
        if (e - p !== 1) return;
        mcastSnooping_ = u8[p] as number;
        break;
      case 24:
        if (e - p !== 1) return;
        mcastQueryUseIfaddr_ = u8[p] as number;
        break;
      case 25:
        if (e - p !== 1) return;
        mcastQuerier_ = u8[p] as number;
        break;
      case 26:
        if (e - p !== 4) return;
        mcastHashElasticity_ = dv.getUint32(p, true);
        break;
      case 27:
        if (e - p !== 4) return;
        mcastHashMax_ = dv.getUint32(p, true);
        break;
      case 28:
        if (e - p !== 4) return;
        mcastLastMemberCnt_ = dv.getUint32(p, true);
        break;
      case 29:
        if (e - p !== 4) return;
        mcastStartupQueryCnt_ = dv.getUint32(p, true);
        break;
      case 30:
        if (e - p !== 8) return;
        mcastLastMemberIntvl_ = u64Of(dv, p);
        break;
      case 31:
        if (e - p !== 8) return;
        mcastMembershipIntvl_ = u64Of(dv, p);
        break;
      case 32:
        if (e - p !== 8) return;
        mcastQuerierIntvl_ = u64Of(dv, p);
        break;
      case 33:
        if (e - p !== 8) return;
        mcastQueryIntvl_ = u64Of(dv, p);
        break;
      case 34:
        if (e - p !== 8) return;
        mcastQueryResponseIntvl_ = u64Of(dv, p);
        break;
      case 35:
        if (e - p !== 8) return;
        mcastStartupQueryIntvl_ = u64Of(dv, p);
        break;
      case 36:
        if (e - p !== 1) return;
        nfCallIptables_ = u8[p] as number;
        break;
      case 37:
        if (e - p !== 1) return;
        nfCallIp6tables_ = u8[p] as number;
        break;
      case 38:
        if (e - p !== 1) return;
        nfCallArptables_ = u8[p] as number;
        break;
      case 39:
        if (e - p !== 2) return;
        vlanDefaultPvid_ = dv.getUint16(p, true);
        break;
      case 41:
        if (e - p !== 1) return;
        vlanStatsEnabled_ = u8[p] as number;
        break;
      case 42:
        if (e - p !== 1) return;
        mcastStatsEnabled_ = u8[p] as number;
        break;
      case 43:
        if (e - p !== 1) return;
        mcastIgmpVersion_ = u8[p] as number;
        break;
      case 44:
        if (e - p !== 1) return;
        mcastMldVersion_ = u8[p] as number;
        break;
      case 45:
        if (e - p !== 1) return;
        vlanStatsPerPort_ = u8[p] as number;
        break;
      case 46:
        if (e - p < 8) return;
        multiBoolopt_ = readBridgeBoolopts(r, p);
        break;
      case 47:
        {
          const inner = readBridgeQuerier(r, p, e);
          if (inner === undefined) return;
          mcastQuerierState_ = inner;
        }
        break;
      case 48:
        if (e - p !== 4) return;
        fdbNLearned_ = dv.getUint32(p, true);
        break;
      case 49:
        if (e - p !== 4) return;
        fdbMaxLearned_ = dv.getUint32(p, true);
        break;
      case 50:
        if (e - p !== 4) return;
        stpMode_ = dv.getUint32(p, true);
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
    }
  }
  if (at < end) return;
  const out: BridgeInfoValue = new BridgeInfoValueRoom();
  if (forwardDelay_ !== undefined) out.forwardDelay = forwardDelay_;
  if (helloTime_ !== undefined) out.helloTime = helloTime_;
  if (maxAge_ !== undefined) out.maxAge = maxAge_;
  if (ageingTime_ !== undefined) out.ageingTime = ageingTime_;
  if (stpState_ !== undefined) out.stpState = stpState_;
  if (priority_ !== undefined) out.priority = priority_;
  if (vlanFiltering_ !== undefined) out.vlanFiltering = vlanFiltering_;
  if (vlanProtocol_ !== undefined) out.vlanProtocol = vlanProtocol_;
  if (groupFwdMask_ !== undefined) out.groupFwdMask = groupFwdMask_;
  if (rootId_ !== undefined) out.rootId = rootId_;
  if (bridgeId_ !== undefined) out.bridgeId = bridgeId_;
  if (rootPort_ !== undefined) out.rootPort = rootPort_;
  if (rootPathCost_ !== undefined) out.rootPathCost = rootPathCost_;
  if (topologyChange_ !== undefined) out.topologyChange = topologyChange_;
  if (topologyChangeDetected_ !== undefined) out.topologyChangeDetected = topologyChangeDetected_;
  if (helloTimer_ !== undefined) out.helloTimer = helloTimer_;
  if (tcnTimer_ !== undefined) out.tcnTimer = tcnTimer_;
  if (topologyChangeTimer_ !== undefined) out.topologyChangeTimer = topologyChangeTimer_;
  if (gcTimer_ !== undefined) out.gcTimer = gcTimer_;
  if (groupAddr_ !== undefined) out.groupAddr = groupAddr_;
  if (fdbFlush_ !== undefined) out.fdbFlush = fdbFlush_;
  if (mcastRouter_ !== undefined) out.mcastRouter = mcastRouter_;
  if (mcastSnooping_ !== undefined) out.mcastSnooping = mcastSnooping_;
  if (mcastQueryUseIfaddr_ !== undefined) out.mcastQueryUseIfaddr = mcastQueryUseIfaddr_;
  if (mcastQuerier_ !== undefined) out.mcastQuerier = mcastQuerier_;
  if (mcastHashElasticity_ !== undefined) out.mcastHashElasticity = mcastHashElasticity_;
  if (mcastHashMax_ !== undefined) out.mcastHashMax = mcastHashMax_;
  if (mcastLastMemberCnt_ !== undefined) out.mcastLastMemberCnt = mcastLastMemberCnt_;
  if (mcastStartupQueryCnt_ !== undefined) out.mcastStartupQueryCnt = mcastStartupQueryCnt_;
  if (mcastLastMemberIntvl_ !== undefined) out.mcastLastMemberIntvl = mcastLastMemberIntvl_;
  if (mcastMembershipIntvl_ !== undefined) out.mcastMembershipIntvl = mcastMembershipIntvl_;
  if (mcastQuerierIntvl_ !== undefined) out.mcastQuerierIntvl = mcastQuerierIntvl_;
  if (mcastQueryIntvl_ !== undefined) out.mcastQueryIntvl = mcastQueryIntvl_;
  if (mcastQueryResponseIntvl_ !== undefined) out.mcastQueryResponseIntvl = mcastQueryResponseIntvl_;
  if (mcastStartupQueryIntvl_ !== undefined) out.mcastStartupQueryIntvl = mcastStartupQueryIntvl_;
  if (nfCallIptables_ !== undefined) out.nfCallIptables = nfCallIptables_;
  if (nfCallIp6tables_ !== undefined) out.nfCallIp6tables = nfCallIp6tables_;
  if (nfCallArptables_ !== undefined) out.nfCallArptables = nfCallArptables_;
  if (vlanDefaultPvid_ !== undefined) out.vlanDefaultPvid = vlanDefaultPvid_;
  if (vlanStatsEnabled_ !== undefined) out.vlanStatsEnabled = vlanStatsEnabled_;
  if (mcastStatsEnabled_ !== undefined) out.mcastStatsEnabled = mcastStatsEnabled_;
  if (mcastIgmpVersion_ !== undefined) out.mcastIgmpVersion = mcastIgmpVersion_;
  if (mcastMldVersion_ !== undefined) out.mcastMldVersion = mcastMldVersion_;
  if (vlanStatsPerPort_ !== undefined) out.vlanStatsPerPort = vlanStatsPerPort_;
  if (multiBoolopt_ !== undefined) out.multiBoolopt = multiBoolopt_;
  if (mcastQuerierState_ !== undefined) out.mcastQuerierState = mcastQuerierState_;
  if (fdbNLearned_ !== undefined) out.fdbNLearned = fdbNLearned_;
  if (fdbMaxLearned_ !== undefined) out.fdbMaxLearned = fdbMaxLearned_;
  if (stpMode_ !== undefined) out.stpMode = stpMode_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

const readLinkHeader = (r: Reader, at: number): ValueOf<typeof linkHeader> => {
  const { dv, u8 } = r;
  return {
    family: u8[at] as number,
    type: dv.getUint16(at + 2, true),
    index: dv.getInt32(at + 4, true),
    flags: dv.getUint32(at + 8, true),
    change: dv.getUint32(at + 12, true),
  };
};

const readLinkBody = (
  r: Reader,
  at: number,
  end: number,
): { header: ValueOf<typeof linkHeader>; attrs: ValueOf<typeof linkAttrs> } | undefined => {
  if (end - at < 16) return;
  const header = readLinkHeader(r, at);
  const outer = r.header;
  r.header = header;
  const attrs = readLinkAttrs(r, at + 16, end, r.depth === 0 ? r.fields?.get(linkAttrs) : undefined);
  if (attrs === undefined) return;
  r.header = outer;
  return { header, attrs };
};

type VethInfoValue = ValueOf<typeof vethInfo>;
const readVethInfo = (r: Reader, at: number, end: number): VethInfoValue | undefined => {
  const { dv, u8 } = r;
  let peer_: VethInfoValue["peer"];
  let unknown: RawAttribute[] | undefined;
  while (end - at >= 4) {
    const head = dv.getInt32(at, true);
    const word = head >>> 16;
    const p = at + 4;
    const e = at + (head & 0xffff);
    if (e < p || e > end || (head & 0x40000000) !== 0) return;
    at = (e + 3) & ~3;
    switch (word & 0x3fff) {
      case 1:
        {
          const inner = readLinkBody(r, p, e);
          if (inner === undefined) return;
          peer_ = inner;
        }
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
    }
  }
  if (at < end) return;
  const out: VethInfoValue = {};
  if (peer_ !== undefined) out.peer = peer_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

type MacvlanAddressesValue = ValueOf<typeof macvlanAddresses>;
const readMacvlanAddresses = (r: Reader, at: number, end: number): MacvlanAddressesValue | undefined => {
  const { dv, u8 } = r;
  let macaddr_: NonNullable<MacvlanAddressesValue["macaddr"]>[number][] | undefined;
  let unknown: RawAttribute[] | undefined;
  while (end - at >= 4) {
    const head = dv.getInt32(at, true);
    const word = head >>> 16;
    const p = at + 4;
    const e = at + (head & 0xffff);
    if (e < p || e > end || (head & 0x40000000) !== 0) return;
    at = (e + 3) & ~3;
    switch (word & 0x3fff) {
      case 4:
        macaddr_ ??= [];
        macaddr_.push(hardwareText(u8, p, e));
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
    }
  }
  if (at < end) return;
  const out: MacvlanAddressesValue = {};
  if (macaddr_ !== undefined) out.macaddr = macaddr_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

type MacvlanInfoValue = ValueOf<typeof macvlanInfo>;
const readMacvlanInfo = (r: Reader, at: number, end: number): MacvlanInfoValue | undefined => {
  const { dv, u8 } = r;
  let mode_: MacvlanInfoValue["mode"];
  let flags_: MacvlanInfoValue["flags"];
  let macaddrMode_: MacvlanInfoValue["macaddrMode"];
  let macaddr_: MacvlanInfoValue["macaddr"];
  let macaddrData_: MacvlanInfoValue["macaddrData"];
  let macaddrCount_: MacvlanInfoValue["macaddrCount"];
  let bcQueueLen_: MacvlanInfoValue["bcQueueLen"];
  let bcQueueLenUsed_: MacvlanInfoValue["bcQueueLenUsed"];
  let bcCutoff_: MacvlanInfoValue["bcCutoff"];
  let unknown: RawAttribute[] | undefined;
  while (end - at >= 4) {
    const head = dv.getInt32(at, true);
    const word = head >>> 16;
    const p = at + 4;
    const e = at + (head & 0xffff);
    if (e < p || e > end || (head & 0x40000000) !== 0) return;
    at = (e + 3) & ~3;
    switch (word & 0x3fff) {
      case 1:
        if (e - p !== 4) return;
        mode_ = dv.getUint32(p, true);
        break;
      case 2:
        if (e - p !== 2) return;
        flags_ = dv.getUint16(p, true);
        break;
      case 3:
        if (e - p !== 4) return;
        macaddrMode_ = dv.getUint32(p, true);
        break;
      case 4:
        macaddr_ = hardwareText(u8, p, e);
        break;
      case 5:
        {
          const inner = readMacvlanAddresses(r, p, e);
          if (inner === undefined) return;
          macaddrData_ = inner;
        }
        break;
      case 6:
        if (e - p !== 4) return;
        macaddrCount_ = dv.getUint32(p, true);
        break;
      case 7:
        if (e - p !== 4) return;
        bcQueueLen_ = dv.getUint32(p, true);
        break;
      case 8:
        if (e - p !== 4) return;
        bcQueueLenUsed_ = dv.getUint32(p, true);
        break;
      case 9:
        if (e - p !== 4) return;
        bcCutoff_ = dv.getInt32(p, true);
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
    }
  }
  if (at < end) return;
  const out: MacvlanInfoValue = {};
  if (mode_ !== undefined) out.mode = mode_;
  if (flags_ !== undefined) out.flags = flags_;
  if (macaddrMode_ !== undefined) out.macaddrMode = macaddrMode_;
  if (macaddr_ !== undefined) out.macaddr = macaddr_;
  if (macaddrData_ !== undefined) out.macaddrData = macaddrData_;
  if (macaddrCount_ !== undefined) out.macaddrCount = macaddrCount_;
  if (bcQueueLen_ !== undefined) out.bcQueueLen = bcQueueLen_;
  if (bcQueueLenUsed_ !== undefined) out.bcQueueLenUsed = bcQueueLenUsed_;
  if (bcCutoff_ !== undefined) out.bcCutoff = bcCutoff_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

const readVxlanPortRange = (r: Reader, at: number): ValueOf<typeof vxlanPortRange> => {
  const { dv } = r;
  return { low: dv.getUint16(at, false), high: dv.getUint16(at + 2, false) };
};

type VxlanInfoValue = ValueOf<typeof vxlanInfo>;
const VxlanInfoValueRoom = /* @__PURE__ */ roomy<VxlanInfoValue>();
const readVxlanInfo = (r: Reader, at: number, end: number): VxlanInfoValue | undefined => {
  const { dv, u8 } = r;
  let id_: VxlanInfoValue["id"];
  let group_: VxlanInfoValue["group"];
  let link_: VxlanInfoValue["link"];
  let local_: VxlanInfoValue["local"];
  let ttl_: VxlanInfoValue["ttl"];
  let tos_: VxlanInfoValue["tos"];
  let learning_: VxlanInfoValue["learning"];
  let ageing_: VxlanInfoValue["ageing"];
  let limit_: VxlanInfoValue["limit"];
  let portRange_: VxlanInfoValue["portRange"];
  let proxy_: VxlanInfoValue["proxy"];
  let rsc_: VxlanInfoValue["rsc"];
  let l2miss_: VxlanInfoValue["l2miss"];
  let l3miss_: VxlanInfoValue["l3miss"];
  let port_: VxlanInfoValue["port"];
  let group6_: VxlanInfoValue["group6"];
  let local6_: VxlanInfoValue["local6"];
  let udpCsum_: VxlanInfoValue["udpCsum"];
  let udpZeroCsum6Tx_: VxlanInfoValue["udpZeroCsum6Tx"];
  let udpZeroCsum6Rx_: VxlanInfoValue["udpZeroCsum6Rx"];
  let remcsumTx_: VxlanInfoValue["remcsumTx"];
  let remcsumRx_: VxlanInfoValue["remcsumRx"];
  let gbp_: VxlanInfoValue["gbp"];
  let remcsumNopartial_: VxlanInfoValue["remcsumNopartial"];
  let collectMetadata_: VxlanInfoValue["collectMetadata"];
  let label_: VxlanInfoValue["label"];
  let gpe_: VxlanInfoValue["gpe"];
  let ttlInherit_: VxlanInfoValue["ttlInherit"];
  let df_: VxlanInfoValue["df"];
  let vnifilter_: VxlanInfoValue["vnifilter"];
  let localbypass_: VxlanInfoValue["localbypass"];
  let labelPolicy_: VxlanInfoValue["labelPolicy"];
  let reservedBits_: VxlanInfoValue["reservedBits"];
  let mcRoute_: VxlanInfoValue["mcRoute"];
  let unknown: RawAttribute[] | undefined;
  while (end - at >= 4) {
    const head = dv.getInt32(at, true);
    const word = head >>> 16;
    const p = at + 4;
    const e = at + (head & 0xffff);
    if (e < p || e > end || (head & 0x40000000) !== 0) return;
    at = (e + 3) & ~3;
    switch (word & 0x3fff) {
      case 1:
        if (e - p !== 4) return;
        id_ = dv.getUint32(p, true);
        break;
      case 2:
        group_ = ipText(u8, p, e);
        break;
      case 3:
        if (e - p !== 4) return;
        link_ = dv.getUint32(p, true);
        break;
      case 4:
        local_ = ipText(u8, p, e);
        break;
      case 5:
        if (e - p !== 1) return;
        ttl_ = u8[p] as number;
        break;
      case 6:
        if (e - p !== 1) return;
        tos_ = u8[p] as number;
        break;
      case 7:
        if (e - p !== 1) return;
        learning_ = u8[p] as number;
        break;
      case 8:
        if (e - p !== 4) return;
        ageing_ = dv.getUint32(p, true);
        break;
      case 9:
        if (e - p !== 4) return;
        limit_ = dv.getUint32(p, true);
        break;
      case 10:
        if (e - p < 4) return;
        portRange_ = readVxlanPortRange(r, p);
        break;
      case 11:
        if (e - p !== 1) return;
        proxy_ = u8[p] as number;
        break;
      case 12:
        if (e - p !== 1) return;
        rsc_ = u8[p] as number;
        break;
      case 13:
        if (e - p !== 1) return;
        l2miss_ = u8[p] as number;
        break;
      case 14:
        if (e - p !== 1) return;
        l3miss_ = u8[p] as number;
        break;
      case 15:
        if (e - p !== 2) return;
        port_ = dv.getUint16(p, false);
        break;
      case 16:
        group6_ = ipText(u8, p, e);
        break;
      case 17:
        local6_ = ipText(u8, p, e);
        break;
      case 18:
        if (e - p !== 1) return;
        udpCsum_ = u8[p] as number;
        break;
      case 19:
        if (e - p !== 1) return;
        udpZeroCsum6Tx_ = u8[p] as number;
        break;
      case 20:
        if (e - p !== 1) return;
        udpZeroCsum6Rx_ = u8[p] as number;
        break;
      case 21:
        if (e - p !== 1) return;
        remcsumTx_ = u8[p] as number;
        break;
      case 22:
        if (e - p !== 1) return;
        remcsumRx_ = u8[p] as number;
        break;
      case 23:
        if (e !== p) return;
        gbp_ = true;
        break;
      case 24:
        if (e !== p) return;
        remcsumNopartial_ = true;
        break;
      case 25:
        if (e - p !== 1) return;
        collectMetadata_ = u8[p] as number;
        break;
      case 26:
        if (e - p !== 4) return;
        label_ = dv.getUint32(p, false);
        break;
      case 27:
        if (e !== p) return;
        gpe_ = true;
        break;
      case 28:
        ttlInherit_ = e === p || u8[p] !== 0;
        break;
      case 29:
        if (e - p !== 1) return;
        df_ = u8[p] as number;
        break;
      case 30:
        if (e - p !== 1) return;
        vnifilter_ = u8[p] as number;
        break;
      case 31:
        if (e - p !== 1) return;
        localbypass_ = u8[p] as number;
        break;
      case 32:
        if (e - p !== 4) return;
        labelPolicy_ = dv.getUint32(p, true);
        break;
      case 33:
        reservedBits_ = copyOf(u8, p, e);
        break;
      case 34:
        if (e - p !== 1) return;
        mcRoute_ = u8[p] as number;
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
    }
  }
  if (at < end) return;
  const out: VxlanInfoValue = new VxlanInfoValueRoom();
  if (id_ !== undefined) out.id = id_;
  if (group_ !== undefined) out.group = group_;
  if (link_ !== undefined) out.link = link_;
  if (local_ !== undefined) out.local = local_;
  if (ttl_ !== undefined) out.ttl = ttl_;
  if (tos_ !== undefined) out.tos = tos_;
  if (learning_ !== undefined) out.learning = learning_;
  if (ageing_ !== undefined) out.ageing = ageing_;
  if (limit_ !== undefined) out.limit = limit_;
  if (portRange_ !== undefined) out.portRange = portRange_;
  if (proxy_ !== undefined) out.proxy = proxy_;
  if (rsc_ !== undefined) out.rsc = rsc_;
  if (l2miss_ !== undefined) out.l2miss = l2miss_;
  if (l3miss_ !== undefined) out.l3miss = l3miss_;
  if (port_ !== undefined) out.port = port_;
  if (group6_ !== undefined) out.group6 = group6_;
  if (local6_ !== undefined) out.local6 = local6_;
  if (udpCsum_ !== undefined) out.udpCsum = udpCsum_;
  if (udpZeroCsum6Tx_ !== undefined) out.udpZeroCsum6Tx = udpZeroCsum6Tx_;
  if (udpZeroCsum6Rx_ !== undefined) out.udpZeroCsum6Rx = udpZeroCsum6Rx_;
  if (remcsumTx_ !== undefined) out.remcsumTx = remcsumTx_;
  if (remcsumRx_ !== undefined) out.remcsumRx = remcsumRx_;
  if (gbp_ !== undefined) out.gbp = gbp_;
  if (remcsumNopartial_ !== undefined) out.remcsumNopartial = remcsumNopartial_;
  if (collectMetadata_ !== undefined) out.collectMetadata = collectMetadata_;
  if (label_ !== undefined) out.label = label_;
  if (gpe_ !== undefined) out.gpe = gpe_;
  if (ttlInherit_ !== undefined) out.ttlInherit = ttlInherit_;
  if (df_ !== undefined) out.df = df_;
  if (vnifilter_ !== undefined) out.vnifilter = vnifilter_;
  if (localbypass_ !== undefined) out.localbypass = localbypass_;
  if (labelPolicy_ !== undefined) out.labelPolicy = labelPolicy_;
  if (reservedBits_ !== undefined) out.reservedBits = reservedBits_;
  if (mcRoute_ !== undefined) out.mcRoute = mcRoute_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

type BridgePortValue = ValueOf<typeof bridgePort>;
const BridgePortValueRoom = /* @__PURE__ */ roomy<BridgePortValue>();
const readBridgePort = (r: Reader, at: number, end: number): BridgePortValue | undefined => {
  const { dv, u8 } = r;
  let state_: BridgePortValue["state"];
  let priority_: BridgePortValue["priority"];
  let cost_: BridgePortValue["cost"];
  let mode_: BridgePortValue["mode"];
  let guard_: BridgePortValue["guard"];
  let protect_: BridgePortValue["protect"];
  let fastLeave_: BridgePortValue["fastLeave"];
  let learning_: BridgePortValue["learning"];
  let unicastFlood_: BridgePortValue["unicastFlood"];
  let proxyarp_: BridgePortValue["proxyarp"];
  let learningSync_: BridgePortValue["learningSync"];
  let proxyarpWifi_: BridgePortValue["proxyarpWifi"];
  let rootId_: BridgePortValue["rootId"];
  let bridgeId_: BridgePortValue["bridgeId"];
  let designatedPort_: BridgePortValue["designatedPort"];
  let designatedCost_: BridgePortValue["designatedCost"];
  let id_: BridgePortValue["id"];
  let no_: BridgePortValue["no"];
  let topologyChangeAck_: BridgePortValue["topologyChangeAck"];
  let configPending_: BridgePortValue["configPending"];
  let messageAgeTimer_: BridgePortValue["messageAgeTimer"];
  let forwardDelayTimer_: BridgePortValue["forwardDelayTimer"];
  let holdTimer_: BridgePortValue["holdTimer"];
  let flush_: BridgePortValue["flush"];
  let multicastRouter_: BridgePortValue["multicastRouter"];
  let mcastFlood_: BridgePortValue["mcastFlood"];
  let mcastToUcast_: BridgePortValue["mcastToUcast"];
  let vlanTunnel_: BridgePortValue["vlanTunnel"];
  let bcastFlood_: BridgePortValue["bcastFlood"];
  let groupFwdMask_: BridgePortValue["groupFwdMask"];
  let neighSuppress_: BridgePortValue["neighSuppress"];
  let isolated_: BridgePortValue["isolated"];
  let backupPort_: BridgePortValue["backupPort"];
  let mrpRingOpen_: BridgePortValue["mrpRingOpen"];
  let mrpInOpen_: BridgePortValue["mrpInOpen"];
  let mcastEhtHostsLimit_: BridgePortValue["mcastEhtHostsLimit"];
  let mcastEhtHostsCnt_: BridgePortValue["mcastEhtHostsCnt"];
  let locked_: BridgePortValue["locked"];
  let mab_: BridgePortValue["mab"];
  let mcastNGroups_: BridgePortValue["mcastNGroups"];
  let mcastMaxGroups_: BridgePortValue["mcastMaxGroups"];
  let neighVlanSuppress_: BridgePortValue["neighVlanSuppress"];
  let backupNhid_: BridgePortValue["backupNhid"];
  let neighForwardGrat_: BridgePortValue["neighForwardGrat"];
  let unknown: RawAttribute[] | undefined;
  while (end - at >= 4) {
    const head = dv.getInt32(at, true);
    const word = head >>> 16;
    const p = at + 4;
    const e = at + (head & 0xffff);
    if (e < p || e > end || (head & 0x40000000) !== 0) return;
    at = (e + 3) & ~3;
    switch (word & 0x3fff) {
      case 1:
        if (e - p !== 1) return;
        state_ = u8[p] as number;
        break;
      case 2:
        if (e - p !== 2) return;
        priority_ = dv.getUint16(p, true);
        break;
      case 3:
        if (e - p !== 4) return;
        cost_ = dv.getUint32(p, true);
        break;
      case 4:
        if (e - p !== 1) return;
        mode_ = u8[p] as number;
        break;
      case 5:
        if (e - p !== 1) return;
        guard_ = u8[p] as number;
        break;
      case 6:
        if (e - p !== 1) return;
        protect_ = u8[p] as number;
        break;
      case 7:
        if (e - p !== 1) return;
        fastLeave_ = u8[p] as number;
        break;
      case 8:
        if (e - p !== 1) return;
        learning_ = u8[p] as number;
        break;
      case 9:
        if (e - p !== 1) return;
        unicastFlood_ = u8[p] as number;
        break;
      case 10:
        if (e - p !== 1) return;
        proxyarp_ = u8[p] as number;
        break;
      case 11:
        if (e - p !== 1) return;
        learningSync_ = u8[p] as number;
        break;
      case 12:
        if (e - p !== 1) return;
        proxyarpWifi_ = u8[p] as number;
        break;
      case 13:
        if (e - p < 8) return;
        rootId_ = readBridgeId(r, p);
        break;
      case 14:
        if (e - p < 8) return;
        bridgeId_ = readBridgeId(r, p);
        break;
      case 15:
        if (e - p !== 2) return;
        designatedPort_ = dv.getUint16(p, true);
        break;
      case 16:
        if (e - p !== 2) return;
        designatedCost_ = dv.getUint16(p, true);
        break;
      case 17:
        if (e - p !== 2) return;
        id_ = dv.getUint16(p, true);
        break;
      case 18:
        if (e - p !== 2) return;
        no_ = dv.getUint16(p, true);
        break;
      case 19:
        if (e - p !== 1) return;
        topologyChangeAck_ = u8[p] as number;
        break;
      case 20:
        if (e - p !== 1) return;
        configPending_ = u8[p] as number;
        break;
      case 21:
        if (e - p !== 8) return;
        messageAgeTimer_ = u64Of(dv, p);
        break;
      case 22:
        if (e - p !== 8) return;
        forwardDelayTimer_ = u64Of(dv, p);
        break;
      case 23:
        if (e - p !== 8) return;
        holdTimer_ = u64Of(dv, p);
        break;
      case 24:
        if (e !== p) return;
        flush_ = true;
        break;
      case 25:
        if (e - p !== 1) return;
        multicastRouter_ = u8[p] as number;
        break;
      case 27:
        if (e - p !== 1) return;
        mcastFlood_ = u8[p] as number;
        break;
      case 28:
        if (e - p !== 1) return;
        mcastToUcast_ = u8[p] as number;
        break;
      case 29:
        if (e - p !== 1) return;
        vlanTunnel_ = u8[p] as number;
        break;
      case 30:
        if (e - p !== 1) return;
        bcastFlood_ = u8[p] as number;
        break;
      case 31:
        if (e - p !== 2) return;
        groupFwdMask_ = dv.getUint16(p, true);
        break;
      case 32:
        if (e - p !== 1) return;
        neighSuppress_ = u8[p] as number;
        break;
      case 33:
        if (e - p !== 1) return;
        isolated_ = u8[p] as number;
        break;
      case 34:
        if (e - p !== 4) return;
        backupPort_ = dv.getUint32(p, true);
        break;
      case 35:
        if (e - p !== 1) return;
        mrpRingOpen_ = u8[p] as number;
        break;
      case 36:
        if (e - p !== 1) return;
        mrpInOpen_ = u8[p] as number;
        break;
      case 37:
        if (e - p !== 4) return;
        mcastEhtHostsLimit_ = dv.getUint32(p, true);
        break;
      case 38:
        if (e - p !== 4) return;
        mcastEhtHostsCnt_ = dv.getUint32(p, true);
        break;
      case 39:
        if (e - p !== 1) return;
        locked_ = u8[p] as number;
        break;
      case 40:
        if (e - p !== 1) return;
        mab_ = u8[p] as number;
        break;
      case 41:
        if (e - p !== 4) return;
        mcastNGroups_ = dv.getUint32(p, true);
        break;
      case 42:
        if (e - p !== 4) return;
        mcastMaxGroups_ = dv.getUint32(p, true);
        break;
      case 43:
        if (e - p !== 1) return;
        neighVlanSuppress_ = u8[p] as number;
        break;
      case 44:
        if (e - p !== 4) return;
        backupNhid_ = dv.getUint32(p, true);
        break;
      case 45:
        if (e - p !== 1) return;
        neighForwardGrat_ = u8[p] as number;
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
    }
  }
  if (at < end) return;
  const out: BridgePortValue = new BridgePortValueRoom();
  if (state_ !== undefined) out.state = state_;
  if (priority_ !== undefined) out.priority = priority_;
  if (cost_ !== undefined) out.cost = cost_;
  if (mode_ !== undefined) out.mode = mode_;
  if (guard_ !== undefined) out.guard = guard_;
  if (protect_ !== undefined) out.protect = protect_;
  if (fastLeave_ !== undefined) out.fastLeave = fastLeave_;
  if (learning_ !== undefined) out.learning = learning_;
  if (unicastFlood_ !== undefined) out.unicastFlood = unicastFlood_;
  if (proxyarp_ !== undefined) out.proxyarp = proxyarp_;
  if (learningSync_ !== undefined) out.learningSync = learningSync_;
  if (proxyarpWifi_ !== undefined) out.proxyarpWifi = proxyarpWifi_;
  if (rootId_ !== undefined) out.rootId = rootId_;
  if (bridgeId_ !== undefined) out.bridgeId = bridgeId_;
  if (designatedPort_ !== undefined) out.designatedPort = designatedPort_;
  if (designatedCost_ !== undefined) out.designatedCost = designatedCost_;
  if (id_ !== undefined) out.id = id_;
  if (no_ !== undefined) out.no = no_;
  if (topologyChangeAck_ !== undefined) out.topologyChangeAck = topologyChangeAck_;
  if (configPending_ !== undefined) out.configPending = configPending_;
  if (messageAgeTimer_ !== undefined) out.messageAgeTimer = messageAgeTimer_;
  if (forwardDelayTimer_ !== undefined) out.forwardDelayTimer = forwardDelayTimer_;
  if (holdTimer_ !== undefined) out.holdTimer = holdTimer_;
  if (flush_ !== undefined) out.flush = flush_;
  if (multicastRouter_ !== undefined) out.multicastRouter = multicastRouter_;
  if (mcastFlood_ !== undefined) out.mcastFlood = mcastFlood_;
  if (mcastToUcast_ !== undefined) out.mcastToUcast = mcastToUcast_;
  if (vlanTunnel_ !== undefined) out.vlanTunnel = vlanTunnel_;
  if (bcastFlood_ !== undefined) out.bcastFlood = bcastFlood_;
  if (groupFwdMask_ !== undefined) out.groupFwdMask = groupFwdMask_;
  if (neighSuppress_ !== undefined) out.neighSuppress = neighSuppress_;
  if (isolated_ !== undefined) out.isolated = isolated_;
  if (backupPort_ !== undefined) out.backupPort = backupPort_;
  if (mrpRingOpen_ !== undefined) out.mrpRingOpen = mrpRingOpen_;
  if (mrpInOpen_ !== undefined) out.mrpInOpen = mrpInOpen_;
  if (mcastEhtHostsLimit_ !== undefined) out.mcastEhtHostsLimit = mcastEhtHostsLimit_;
  if (mcastEhtHostsCnt_ !== undefined) out.mcastEhtHostsCnt = mcastEhtHostsCnt_;
  if (locked_ !== undefined) out.locked = locked_;
  if (mab_ !== undefined) out.mab = mab_;
  if (mcastNGroups_ !== undefined) out.mcastNGroups = mcastNGroups_;
  if (mcastMaxGroups_ !== undefined) out.mcastMaxGroups = mcastMaxGroups_;
  if (neighVlanSuppress_ !== undefined) out.neighVlanSuppress = neighVlanSuppress_;
  if (backupNhid_ !== undefined) out.backupNhid = backupNhid_;
  if (neighForwardGrat_ !== undefined) out.neighForwardGrat = neighForwardGrat_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

type LinkInfoValue = ValueOf<typeof linkInfo>;
const readLinkInfo = (r: Reader, at: number, end: number): LinkInfoValue | undefined => {
  const { dv, u8 } = r;
  let kind_: LinkInfoValue["kind"];
  let data_: LinkInfoValue["data"];
  let xstats_: LinkInfoValue["xstats"];
  let slaveKind_: LinkInfoValue["slaveKind"];
  let slaveData_: LinkInfoValue["slaveData"];
  let unknown: RawAttribute[] | undefined;
  let dataAt = 0;
  let dataEnd = 0;
  let slaveDataAt = 0;
  let slaveDataEnd = 0;
  let dataWord = 0;
  let slaveDataWord = 0;
  while (end - at >= 4) {
    const head = dv.getInt32(at, true);
    const word = head >>> 16;
    const p = at + 4;
    const e = at + (head & 0xffff);
    if (e < p || e > end || (head & 0x40000000) !== 0) return;
    at = (e + 3) & ~3;
    switch (word & 0x3fff) {
      case 1:
        kind_ = textOf(u8, p, e);
        break;
      case 2:
        if (dataAt !== 0) return;
        dataAt = p;
        dataEnd = e;
        dataWord = word;
        break;
      case 3:
        xstats_ = copyOf(u8, p, e);
        break;
      case 4:
        slaveKind_ = textOf(u8, p, e);
        break;
      case 5:
        if (slaveDataAt !== 0) return;
        slaveDataAt = p;
        slaveDataEnd = e;
        slaveDataWord = word;
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
    }
  }
  if (at < end) return;
  if (dataAt !== 0)
    switch (kind_) {
      case "bridge":
        {
          const inner = readBridgeInfo(r, dataAt, dataEnd);
          if (inner === undefined) return;
          data_ = { bridge: inner };
        }
        break;
      case "veth":
        {
          const inner = readVethInfo(r, dataAt, dataEnd);
          if (inner === undefined) return;
          data_ = { veth: inner };
        }
        break;
      case "macvlan":
        {
          const inner = readMacvlanInfo(r, dataAt, dataEnd);
          if (inner === undefined) return;
          data_ = { macvlan: inner };
        }
        break;
      case "macvtap":
        {
          const inner = readMacvlanInfo(r, dataAt, dataEnd);
          if (inner === undefined) return;
          data_ = { macvtap: inner };
        }
        break;
      case "vxlan":
        {
          const inner = readVxlanInfo(r, dataAt, dataEnd);
          if (inner === undefined) return;
          data_ = { vxlan: inner };
        }
        break;
      default:
        if (r.extensions !== undefined) return;
        unknown ??= [];
        unknown.push(rawOf(u8, dataWord, dataAt, dataEnd));
    }
  if (slaveDataAt !== 0)
    switch (slaveKind_) {
      case "bridge":
        {
          const inner = readBridgePort(r, slaveDataAt, slaveDataEnd);
          if (inner === undefined) return;
          slaveData_ = { bridge: inner };
        }
        break;
      default:
        if (r.extensions !== undefined) return;
        unknown ??= [];
        if (dataAt !== 0 && data_ === undefined && slaveDataAt < dataAt)
          unknown.splice(-1, 0, rawOf(u8, slaveDataWord, slaveDataAt, slaveDataEnd));
        else unknown.push(rawOf(u8, slaveDataWord, slaveDataAt, slaveDataEnd));
    }
  const out: LinkInfoValue = {};
  if (kind_ !== undefined) out.kind = kind_;
  if (data_ !== undefined) out.data = data_;
  if (xstats_ !== undefined) out.xstats = xstats_;
  if (slaveKind_ !== undefined) out.slaveKind = slaveKind_;
  if (slaveData_ !== undefined) out.slaveData = slaveData_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

const readLinkStats64 = (r: Reader, at: number): ValueOf<typeof linkStats64> => {
  const { dv } = r;
  return {
    rxPackets: u64Of(dv, at),
    txPackets: u64Of(dv, at + 8),
    rxBytes: u64Of(dv, at + 16),
    txBytes: u64Of(dv, at + 24),
    rxErrors: u64Of(dv, at + 32),
    txErrors: u64Of(dv, at + 40),
    rxDropped: u64Of(dv, at + 48),
    txDropped: u64Of(dv, at + 56),
    multicast: u64Of(dv, at + 64),
    collisions: u64Of(dv, at + 72),
    rxLengthErrors: u64Of(dv, at + 80),
    rxOverErrors: u64Of(dv, at + 88),
    rxCrcErrors: u64Of(dv, at + 96),
    rxFrameErrors: u64Of(dv, at + 104),
    rxFifoErrors: u64Of(dv, at + 112),
    rxMissedErrors: u64Of(dv, at + 120),
    txAbortedErrors: u64Of(dv, at + 128),
    txCarrierErrors: u64Of(dv, at + 136),
    txFifoErrors: u64Of(dv, at + 144),
    txHeartbeatErrors: u64Of(dv, at + 152),
    txWindowErrors: u64Of(dv, at + 160),
    rxCompressed: u64Of(dv, at + 168),
    txCompressed: u64Of(dv, at + 176),
    rxNohandler: u64Of(dv, at + 184),
    rxOtherhostDropped: u64Of(dv, at + 192),
  };
};

type LinkXdpValue = ValueOf<typeof linkXdp>;
const readLinkXdp = (r: Reader, at: number, end: number): LinkXdpValue | undefined => {
  const { dv, u8 } = r;
  let fd_: LinkXdpValue["fd"];
  let attached_: LinkXdpValue["attached"];
  let flags_: LinkXdpValue["flags"];
  let progId_: LinkXdpValue["progId"];
  let drvProgId_: LinkXdpValue["drvProgId"];
  let skbProgId_: LinkXdpValue["skbProgId"];
  let hwProgId_: LinkXdpValue["hwProgId"];
  let expectedFd_: LinkXdpValue["expectedFd"];
  let unknown: RawAttribute[] | undefined;
  while (end - at >= 4) {
    const head = dv.getInt32(at, true);
    const word = head >>> 16;
    const p = at + 4;
    const e = at + (head & 0xffff);
    if (e < p || e > end || (head & 0x40000000) !== 0) return;
    at = (e + 3) & ~3;
    switch (word & 0x3fff) {
      case 1:
        if (e - p !== 4) return;
        fd_ = dv.getInt32(p, true);
        break;
      case 2:
        if (e - p !== 1) return;
        attached_ = u8[p] as number;
        break;
      case 3:
        if (e - p !== 4) return;
        flags_ = dv.getUint32(p, true);
        break;
      case 4:
        if (e - p !== 4) return;
        progId_ = dv.getUint32(p, true);
        break;
      case 5:
        if (e - p !== 4) return;
        drvProgId_ = dv.getUint32(p, true);
        break;
      case 6:
        if (e - p !== 4) return;
        skbProgId_ = dv.getUint32(p, true);
        break;
      case 7:
        if (e - p !== 4) return;
        hwProgId_ = dv.getUint32(p, true);
        break;
      case 8:
        if (e - p !== 4) return;
        expectedFd_ = dv.getInt32(p, true);
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
    }
  }
  if (at < end) return;
  const out: LinkXdpValue = {};
  if (fd_ !== undefined) out.fd = fd_;
  if (attached_ !== undefined) out.attached = attached_;
  if (flags_ !== undefined) out.flags = flags_;
  if (progId_ !== undefined) out.progId = progId_;
  if (drvProgId_ !== undefined) out.drvProgId = drvProgId_;
  if (skbProgId_ !== undefined) out.skbProgId = skbProgId_;
  if (hwProgId_ !== undefined) out.hwProgId = hwProgId_;
  if (expectedFd_ !== undefined) out.expectedFd = expectedFd_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

type LinkPropListValue = ValueOf<typeof linkPropList>;
const readLinkPropList = (r: Reader, at: number, end: number): LinkPropListValue | undefined => {
  const { dv, u8 } = r;
  let altIfname_: NonNullable<LinkPropListValue["altIfname"]>[number][] | undefined;
  let unknown: RawAttribute[] | undefined;
  while (end - at >= 4) {
    const head = dv.getInt32(at, true);
    const word = head >>> 16;
    const p = at + 4;
    const e = at + (head & 0xffff);
    if (e < p || e > end || (head & 0x40000000) !== 0) return;
    at = (e + 3) & ~3;
    switch (word & 0x3fff) {
      case 53:
        altIfname_ ??= [];
        altIfname_.push(textOf(u8, p, e));
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
    }
  }
  if (at < end) return;
  const out: LinkPropListValue = {};
  if (altIfname_ !== undefined) out.altIfname = altIfname_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

type LinkProtoDownReasonValue = ValueOf<typeof linkProtoDownReason>;
const readLinkProtoDownReason = (r: Reader, at: number, end: number): LinkProtoDownReasonValue | undefined => {
  const { dv, u8 } = r;
  let mask_: LinkProtoDownReasonValue["mask"];
  let value_: LinkProtoDownReasonValue["value"];
  let unknown: RawAttribute[] | undefined;
  while (end - at >= 4) {
    const head = dv.getInt32(at, true);
    const word = head >>> 16;
    const p = at + 4;
    const e = at + (head & 0xffff);
    if (e < p || e > end || (head & 0x40000000) !== 0) return;
    at = (e + 3) & ~3;
    switch (word & 0x3fff) {
      case 1:
        if (e - p !== 4) return;
        mask_ = dv.getUint32(p, true);
        break;
      case 2:
        if (e - p !== 4) return;
        value_ = dv.getUint32(p, true);
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
    }
  }
  if (at < end) return;
  const out: LinkProtoDownReasonValue = {};
  if (mask_ !== undefined) out.mask = mask_;
  if (value_ !== undefined) out.value = value_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

const keptLists1 = /* @__PURE__ */ new AlikeLists();

const readInet6CacheInfo = (r: Reader, at: number): ValueOf<typeof inet6CacheInfo> => {
  const { dv } = r;
  return {
    maxReasmLen: dv.getUint32(at, true),
    tstamp: dv.getUint32(at + 4, true),
    reachableTime: dv.getUint32(at + 8, true),
    retransTime: dv.getUint32(at + 12, true),
  };
};

type LinkInet6Value = ValueOf<typeof linkInet6>;
const readLinkInet6 = (r: Reader, at: number, end: number): LinkInet6Value | undefined => {
  const { dv, u8 } = r;
  let flags_: LinkInet6Value["flags"];
  let conf_: LinkInet6Value["conf"];
  let stats_: LinkInet6Value["stats"];
  let mcast_: LinkInet6Value["mcast"];
  let cacheinfo_: LinkInet6Value["cacheinfo"];
  let icmp6stats_: LinkInet6Value["icmp6stats"];
  let token_: LinkInet6Value["token"];
  let addrGenMode_: LinkInet6Value["addrGenMode"];
  let raMtu_: LinkInet6Value["raMtu"];
  let unknown: RawAttribute[] | undefined;
  while (end - at >= 4) {
    const head = dv.getInt32(at, true);
    const word = head >>> 16;
    const p = at + 4;
    const e = at + (head & 0xffff);
    if (e < p || e > end || (head & 0x40000000) !== 0) return;
    at = (e + 3) & ~3;
    switch (word & 0x3fff) {
      case 1:
        if (e - p !== 4) return;
        flags_ = dv.getUint32(p, true);
        break;
      case 2:
        {
          if (((e - p) & 3) !== 0) return;
          const known = keptLists1.find(dv, p, e);
          if (known !== undefined) {
            conf_ = known;
          } else {
            const items = new Array<number>((e - p) >> 2);
            for (let i = p, n = 0; i < e; i += 4) items[n++] = dv.getInt32(i, true);
            conf_ = keptLists1.keep(items);
          }
        }
        break;
      case 3:
        {
          if (((e - p) & 7) !== 0) return;
          const items = new Array<bigint>((e - p) >> 3);
          for (let i = p, n = 0; i < e; i += 8) items[n++] = u64Of(dv, i);
          stats_ = items;
        }
        break;
      case 4:
        mcast_ = copyOf(u8, p, e);
        break;
      case 5:
        if (e - p < 16) return;
        cacheinfo_ = readInet6CacheInfo(r, p);
        break;
      case 6:
        {
          if (((e - p) & 7) !== 0) return;
          const items = new Array<bigint>((e - p) >> 3);
          for (let i = p, n = 0; i < e; i += 8) items[n++] = u64Of(dv, i);
          icmp6stats_ = items;
        }
        break;
      case 7:
        token_ = ipText(u8, p, e);
        break;
      case 8:
        if (e - p !== 1) return;
        addrGenMode_ = u8[p] as number;
        break;
      case 9:
        if (e - p !== 4) return;
        raMtu_ = dv.getUint32(p, true);
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
    }
  }
  if (at < end) return;
  const out: LinkInet6Value = {};
  if (flags_ !== undefined) out.flags = flags_;
  if (conf_ !== undefined) out.conf = conf_;
  if (stats_ !== undefined) out.stats = stats_;
  if (mcast_ !== undefined) out.mcast = mcast_;
  if (cacheinfo_ !== undefined) out.cacheinfo = cacheinfo_;
  if (icmp6stats_ !== undefined) out.icmp6stats = icmp6stats_;
  if (token_ !== undefined) out.token = token_;
  if (addrGenMode_ !== undefined) out.addrGenMode = addrGenMode_;
  if (raMtu_ !== undefined) out.raMtu = raMtu_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

const readBridgeVlanInfo = (r: Reader, at: number): ValueOf<typeof bridgeVlanInfo> => {
  const { dv } = r;
  return { flags: dv.getUint16(at, true), vid: dv.getUint16(at + 2, true) };
};

type BridgeVlanTunnelInfoValue = ValueOf<typeof bridgeVlanTunnelInfo>;
const readBridgeVlanTunnelInfo = (r: Reader, at: number, end: number): BridgeVlanTunnelInfoValue | undefined => {
  const { dv, u8 } = r;
  let id_: BridgeVlanTunnelInfoValue["id"];
  let vid_: BridgeVlanTunnelInfoValue["vid"];
  let flags_: BridgeVlanTunnelInfoValue["flags"];
  let unknown: RawAttribute[] | undefined;
  while (end - at >= 4) {
    const head = dv.getInt32(at, true);
    const word = head >>> 16;
    const p = at + 4;
    const e = at + (head & 0xffff);
    if (e < p || e > end || (head & 0x40000000) !== 0) return;
    at = (e + 3) & ~3;
    switch (word & 0x3fff) {
      case 1:
        if (e - p !== 4) return;
        id_ = dv.getUint32(p, true);
        break;
      case 2:
        if (e - p !== 2) return;
        vid_ = dv.getUint16(p, true);
        break;
      case 3:
        if (e - p !== 2) return;
        flags_ = dv.getUint16(p, true);
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
    }
  }
  if (at < end) return;
  const out: BridgeVlanTunnelInfoValue = {};
  if (id_ !== undefined) out.id = id_;
  if (vid_ !== undefined) out.vid = vid_;
  if (flags_ !== undefined) out.flags = flags_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

type BridgeAfSpecValue = ValueOf<typeof bridgeAfSpec>;
const readBridgeAfSpec = (r: Reader, at: number, end: number): BridgeAfSpecValue | undefined => {
  const { dv, u8 } = r;
  let flags_: BridgeAfSpecValue["flags"];
  let mode_: BridgeAfSpecValue["mode"];
  let vlanInfo_: NonNullable<BridgeAfSpecValue["vlanInfo"]>[number][] | undefined;
  let vlanTunnelInfo_: NonNullable<BridgeAfSpecValue["vlanTunnelInfo"]>[number][] | undefined;
  let mrp_: BridgeAfSpecValue["mrp"];
  let cfm_: BridgeAfSpecValue["cfm"];
  let mst_: BridgeAfSpecValue["mst"];
  let unknown: RawAttribute[] | undefined;
  while (end - at >= 4) {
    const head = dv.getInt32(at, true);
    const word = head >>> 16;
    const p = at + 4;
    const e = at + (head & 0xffff);
    if (e < p || e > end || (head & 0x40000000) !== 0) return;
    at = (e + 3) & ~3;
    switch (word & 0x3fff) {
      case 0:
        if (e - p !== 2) return;
        flags_ = dv.getUint16(p, true);
        break;
      case 1:
        if (e - p !== 2) return;
        mode_ = dv.getUint16(p, true);
        break;
      case 2:
        if (e - p < 4) return;
        vlanInfo_ ??= [];
        vlanInfo_.push(readBridgeVlanInfo(r, p));
        break;
      case 3:
        {
          const inner = readBridgeVlanTunnelInfo(r, p, e);
          if (inner === undefined) return;
          vlanTunnelInfo_ ??= [];
          vlanTunnelInfo_.push(inner);
        }
        break;
      case 4:
        mrp_ = copyOf(u8, p, e);
        break;
      case 5:
        cfm_ = copyOf(u8, p, e);
        break;
      case 6:
        mst_ = copyOf(u8, p, e);
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
    }
  }
  if (at < end) return;
  const out: BridgeAfSpecValue = {};
  if (flags_ !== undefined) out.flags = flags_;
  if (mode_ !== undefined) out.mode = mode_;
  if (vlanInfo_ !== undefined) out.vlanInfo = vlanInfo_;
  if (vlanTunnelInfo_ !== undefined) out.vlanTunnelInfo = vlanTunnelInfo_;
  if (mrp_ !== undefined) out.mrp = mrp_;
  if (cfm_ !== undefined) out.cfm = cfm_;
  if (mst_ !== undefined) out.mst = mst_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

const keptLists2 = /* @__PURE__ */ new AlikeLists();

type LinkInetValue = ValueOf<typeof linkInet>;
const readLinkInet = (r: Reader, at: number, end: number): LinkInetValue | undefined => {
  const { dv, u8 } = r;
  let conf_: LinkInetValue["conf"];
  let unknown: RawAttribute[] | undefined;
  while (end - at >= 4) {
    const head = dv.getInt32(at, true);
    const word = head >>> 16;
    const p = at + 4;
    const e = at + (head & 0xffff);
    if (e < p || e > end || (head & 0x40000000) !== 0) return;
    at = (e + 3) & ~3;
    switch (word & 0x3fff) {
      case 1:
        {
          if (((e - p) & 3) !== 0) return;
          const known = keptLists2.find(dv, p, e);
          if (known !== undefined) {
            conf_ = known;
          } else {
            const items = new Array<number>((e - p) >> 2);
            for (let i = p, n = 0; i < e; i += 4) items[n++] = dv.getUint32(i, true);
            conf_ = keptLists2.keep(items);
          }
        }
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
    }
  }
  if (at < end) return;
  const out: LinkInetValue = {};
  if (conf_ !== undefined) out.conf = conf_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

type LinkMctpValue = ValueOf<typeof linkMctp>;
const readLinkMctp = (r: Reader, at: number, end: number): LinkMctpValue | undefined => {
  const { dv, u8 } = r;
  let net_: LinkMctpValue["net"];
  let physBinding_: LinkMctpValue["physBinding"];
  let unknown: RawAttribute[] | undefined;
  while (end - at >= 4) {
    const head = dv.getInt32(at, true);
    const word = head >>> 16;
    const p = at + 4;
    const e = at + (head & 0xffff);
    if (e < p || e > end || (head & 0x40000000) !== 0) return;
    at = (e + 3) & ~3;
    switch (word & 0x3fff) {
      case 1:
        if (e - p !== 4) return;
        net_ = dv.getUint32(p, true);
        break;
      case 2:
        if (e - p !== 1) return;
        physBinding_ = u8[p] as number;
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
    }
  }
  if (at < end) return;
  const out: LinkMctpValue = {};
  if (net_ !== undefined) out.net = net_;
  if (physBinding_ !== undefined) out.physBinding = physBinding_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

type LinkAfSpecsValue = ValueOf<typeof linkAfSpecs>;
const readLinkAfSpecs = (r: Reader, at: number, end: number): LinkAfSpecsValue | undefined => {
  const { dv, u8 } = r;
  let inet_: LinkAfSpecsValue["inet"];
  let inet6_: LinkAfSpecsValue["inet6"];
  let mctp_: LinkAfSpecsValue["mctp"];
  let unknown: RawAttribute[] | undefined;
  while (end - at >= 4) {
    const head = dv.getInt32(at, true);
    const word = head >>> 16;
    const p = at + 4;
    const e = at + (head & 0xffff);
    if (e < p || e > end || (head & 0x40000000) !== 0) return;
    at = (e + 3) & ~3;
    switch (word & 0x3fff) {
      case 2:
        {
          const inner = readLinkInet(r, p, e);
          if (inner === undefined) return;
          inet_ = inner;
        }
        break;
      case 10:
        {
          const inner = readLinkInet6(r, p, e);
          if (inner === undefined) return;
          inet6_ = inner;
        }
        break;
      case 45:
        {
          const inner = readLinkMctp(r, p, e);
          if (inner === undefined) return;
          mctp_ = inner;
        }
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
    }
  }
  if (at < end) return;
  const out: LinkAfSpecsValue = {};
  if (inet_ !== undefined) out.inet = inet_;
  if (inet6_ !== undefined) out.inet6 = inet6_;
  if (mctp_ !== undefined) out.mctp = mctp_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

type LinkAttrsValue = ValueOf<typeof linkAttrs>;
const LinkAttrsValueRoom = /* @__PURE__ */ roomy<LinkAttrsValue>();
const readLinkAttrs = (r: Reader, at: number, end: number, wanted: Wanted | undefined): LinkAttrsValue | undefined => {
  const { dv, u8 } = r;
  if (r.depth++ >= FAST_DEPTH) return;
  let address_: LinkAttrsValue["address"];
  let broadcast_: LinkAttrsValue["broadcast"];
  let ifname_: LinkAttrsValue["ifname"];
  let mtu_: LinkAttrsValue["mtu"];
  let link_: LinkAttrsValue["link"];
  let qdisc_: LinkAttrsValue["qdisc"];
  let stats_: LinkAttrsValue["stats"];
  let cost_: LinkAttrsValue["cost"];
  let priority_: LinkAttrsValue["priority"];
  let master_: LinkAttrsValue["master"];
  let wireless_: LinkAttrsValue["wireless"];
  let protinfo_: LinkAttrsValue["protinfo"];
  let txqlen_: LinkAttrsValue["txqlen"];
  let map_: LinkAttrsValue["map"];
  let weight_: LinkAttrsValue["weight"];
  let operstate_: LinkAttrsValue["operstate"];
  let linkmode_: LinkAttrsValue["linkmode"];
  let linkinfo_: LinkAttrsValue["linkinfo"];
  let netNsPid_: LinkAttrsValue["netNsPid"];
  let ifalias_: LinkAttrsValue["ifalias"];
  let numVf_: LinkAttrsValue["numVf"];
  let vfinfoList_: LinkAttrsValue["vfinfoList"];
  let stats64_: LinkAttrsValue["stats64"];
  let vfPorts_: LinkAttrsValue["vfPorts"];
  let portSelf_: LinkAttrsValue["portSelf"];
  let afSpec_: LinkAttrsValue["afSpec"];
  let group_: LinkAttrsValue["group"];
  let netNsFd_: LinkAttrsValue["netNsFd"];
  let extMask_: LinkAttrsValue["extMask"];
  let promiscuity_: LinkAttrsValue["promiscuity"];
  let numTxQueues_: LinkAttrsValue["numTxQueues"];
  let numRxQueues_: LinkAttrsValue["numRxQueues"];
  let carrier_: LinkAttrsValue["carrier"];
  let physPortId_: LinkAttrsValue["physPortId"];
  let carrierChanges_: LinkAttrsValue["carrierChanges"];
  let physSwitchId_: LinkAttrsValue["physSwitchId"];
  let linkNetnsid_: LinkAttrsValue["linkNetnsid"];
  let physPortName_: LinkAttrsValue["physPortName"];
  let protoDown_: LinkAttrsValue["protoDown"];
  let gsoMaxSegs_: LinkAttrsValue["gsoMaxSegs"];
  let gsoMaxSize_: LinkAttrsValue["gsoMaxSize"];
  let xdp_: LinkAttrsValue["xdp"];
  let event_: LinkAttrsValue["event"];
  let newNetnsid_: LinkAttrsValue["newNetnsid"];
  let targetNetnsid_: LinkAttrsValue["targetNetnsid"];
  let carrierUpCount_: LinkAttrsValue["carrierUpCount"];
  let carrierDownCount_: LinkAttrsValue["carrierDownCount"];
  let newIfindex_: LinkAttrsValue["newIfindex"];
  let minMtu_: LinkAttrsValue["minMtu"];
  let maxMtu_: LinkAttrsValue["maxMtu"];
  let propList_: LinkAttrsValue["propList"];
  let altIfname_: LinkAttrsValue["altIfname"];
  let permAddress_: LinkAttrsValue["permAddress"];
  let protoDownReason_: LinkAttrsValue["protoDownReason"];
  let parentDevName_: LinkAttrsValue["parentDevName"];
  let parentDevBusName_: LinkAttrsValue["parentDevBusName"];
  let groMaxSize_: LinkAttrsValue["groMaxSize"];
  let tsoMaxSize_: LinkAttrsValue["tsoMaxSize"];
  let tsoMaxSegs_: LinkAttrsValue["tsoMaxSegs"];
  let allmulti_: LinkAttrsValue["allmulti"];
  let devlinkPort_: LinkAttrsValue["devlinkPort"];
  let gsoIpv4MaxSize_: LinkAttrsValue["gsoIpv4MaxSize"];
  let groIpv4MaxSize_: LinkAttrsValue["groIpv4MaxSize"];
  let dpllPin_: LinkAttrsValue["dpllPin"];
  let maxPacingOffloadHorizon_: LinkAttrsValue["maxPacingOffloadHorizon"];
  let netnsImmutable_: LinkAttrsValue["netnsImmutable"];
  let headroom_: LinkAttrsValue["headroom"];
  let tailroom_: LinkAttrsValue["tailroom"];
  let unknown: RawAttribute[] | undefined;
  let protinfoAt = 0;
  let protinfoEnd = 0;
  let afSpecAt = 0;
  let afSpecEnd = 0;
  let protinfoWord = 0;
  while (end - at >= 4) {
    const head = dv.getInt32(at, true);
    const word = head >>> 16;
    const p = at + 4;
    const e = at + (head & 0xffff);
    if (e < p || e > end || (head & 0x40000000) !== 0) return;
    at = (e + 3) & ~3;
    if (wanted !== undefined && wanted[word & 0x3fff] !== 1) continue;
    switch (word & 0x3fff) {
      case 1:
        address_ = hardwareText(u8, p, e);
        break;
      case 2:
        broadcast_ = hardwareText(u8, p, e);
        break;
      case 3:
        ifname_ = textOf(u8, p, e);
        break;
      case 4:
        if (e - p !== 4) return;
        mtu_ = dv.getUint32(p, true);
        break;
      case 5:
        if (e - p !== 4) return;
        link_ = dv.getInt32(p, true);
        break;
      case 6:
        qdisc_ = textOf(u8, p, e);
        break;
      case 7:
        if (e - p < 96) return;
        stats_ = readLinkStats(r, p);
        break;
      case 8:
        cost_ = copyOf(u8, p, e);
        break;
      case 9:
        priority_ = copyOf(u8, p, e);
        break;
      case 10:
        if (e - p !== 4) return;
        master_ = dv.getUint32(p, true);
        break;
      case 11:
        wireless_ = copyOf(u8, p, e);
        break;
      case 12:
        if (protinfoAt !== 0) return;
        protinfoAt = p;
        protinfoEnd = e;
        protinfoWord = word;
        break;
      case 13:
        if (e - p !== 4) return;
        txqlen_ = dv.getUint32(p, true);
        break;
      case 14:
        if (e - p < 32) return;
        map_ = readLinkMap(r, p);
        break;
      case 15:
        if (e - p !== 4) return;
        weight_ = dv.getUint32(p, true);
        break;
      case 16:
        if (e - p !== 1) return;
        operstate_ = u8[p] as number;
        break;
      case 17:
        if (e - p !== 1) return;
        linkmode_ = u8[p] as number;
        break;
      case 18:
        {
          const inner = readLinkInfo(r, p, e);
          if (inner === undefined) return;
          linkinfo_ = inner;
        }
        break;
      case 19:
        if (e - p !== 4) return;
        netNsPid_ = dv.getUint32(p, true);
        break;
      case 20:
        ifalias_ = textOf(u8, p, e);
        break;
      case 21:
        if (e - p !== 4) return;
        numVf_ = dv.getUint32(p, true);
        break;
      case 22:
        vfinfoList_ = copyOf(u8, p, e);
        break;
      case 23:
        if (e - p < 200) return;
        stats64_ = readLinkStats64(r, p);
        break;
      case 24:
        vfPorts_ = copyOf(u8, p, e);
        break;
      case 25:
        portSelf_ = copyOf(u8, p, e);
        break;
      case 26:
        if (afSpecAt !== 0) return;
        afSpecAt = p;
        afSpecEnd = e;
        break;
      case 27:
        if (e - p !== 4) return;
        group_ = dv.getUint32(p, true);
        break;
      case 28:
        if (e - p !== 4) return;
        netNsFd_ = dv.getUint32(p, true);
        break;
      case 29:
        if (e - p !== 4) return;
        extMask_ = dv.getUint32(p, true);
        break;
      case 30:
        if (e - p !== 4) return;
        promiscuity_ = dv.getUint32(p, true);
        break;
      case 31:
        if (e - p !== 4) return;
        numTxQueues_ = dv.getUint32(p, true);
        break;
      case 32:
        if (e - p !== 4) return;
        numRxQueues_ = dv.getUint32(p, true);
        break;
      case 33:
        if (e - p !== 1) return;
        carrier_ = u8[p] as number;
        break;
      case 34:
        physPortId_ = copyOf(u8, p, e);
        break;
      case 35:
        if (e - p !== 4) return;
        carrierChanges_ = dv.getUint32(p, true);
        break;
      case 36:
        physSwitchId_ = copyOf(u8, p, e);
        break;
      case 37:
        if (e - p !== 4) return;
        linkNetnsid_ = dv.getInt32(p, true);
        break;
      case 38:
        physPortName_ = textOf(u8, p, e);
        break;
      case 39:
        if (e - p !== 1) return;
        protoDown_ = u8[p] as number;
        break;
      case 40:
        if (e - p !== 4) return;
        gsoMaxSegs_ = dv.getUint32(p, true);
        break;
      case 41:
        if (e - p !== 4) return;
        gsoMaxSize_ = dv.getUint32(p, true);
        break;
      case 43:
        {
          const inner = readLinkXdp(r, p, e);
          if (inner === undefined) return;
          xdp_ = inner;
        }
        break;
      case 44:
        if (e - p !== 4) return;
        event_ = dv.getUint32(p, true);
        break;
      case 45:
        if (e - p !== 4) return;
        newNetnsid_ = dv.getInt32(p, true);
        break;
      case 46:
        if (e - p !== 4) return;
        targetNetnsid_ = dv.getInt32(p, true);
        break;
      case 47:
        if (e - p !== 4) return;
        carrierUpCount_ = dv.getUint32(p, true);
        break;
      case 48:
        if (e - p !== 4) return;
        carrierDownCount_ = dv.getUint32(p, true);
        break;
      case 49:
        if (e - p !== 4) return;
        newIfindex_ = dv.getInt32(p, true);
        break;
      case 50:
        if (e - p !== 4) return;
        minMtu_ = dv.getUint32(p, true);
        break;
      case 51:
        if (e - p !== 4) return;
        maxMtu_ = dv.getUint32(p, true);
        break;
      case 52:
        {
          const inner = readLinkPropList(r, p, e);
          if (inner === undefined) return;
          propList_ = inner;
        }
        break;
      case 53:
        altIfname_ = textOf(u8, p, e);
        break;
      case 54:
        permAddress_ = hardwareText(u8, p, e);
        break;
      case 55:
        {
          const inner = readLinkProtoDownReason(r, p, e);
          if (inner === undefined) return;
          protoDownReason_ = inner;
        }
        break;
      case 56:
        parentDevName_ = textOf(u8, p, e);
        break;
      case 57:
        parentDevBusName_ = textOf(u8, p, e);
        break;
      case 58:
        if (e - p !== 4) return;
        groMaxSize_ = dv.getUint32(p, true);
        break;
      case 59:
        if (e - p !== 4) return;
        tsoMaxSize_ = dv.getUint32(p, true);
        break;
      case 60:
        if (e - p !== 4) return;
        tsoMaxSegs_ = dv.getUint32(p, true);
        break;
      case 61:
        if (e - p !== 4) return;
        allmulti_ = dv.getUint32(p, true);
        break;
      case 62:
        devlinkPort_ = copyOf(u8, p, e);
        break;
      case 63:
        if (e - p !== 4) return;
        gsoIpv4MaxSize_ = dv.getUint32(p, true);
        break;
      case 64:
        if (e - p !== 4) return;
        groIpv4MaxSize_ = dv.getUint32(p, true);
        break;
      case 65:
        dpllPin_ = copyOf(u8, p, e);
        break;
      case 66:
        if (e - p !== 4) return;
        maxPacingOffloadHorizon_ = dv.getUint32(p, true);
        break;
      case 67:
        if (e - p !== 1) return;
        netnsImmutable_ = u8[p] as number;
        break;
      case 68:
        if (e - p !== 2) return;
        headroom_ = dv.getUint16(p, true);
        break;
      case 69:
        if (e - p !== 2) return;
        tailroom_ = dv.getUint16(p, true);
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
    }
  }
  if (at < end) return;
  if (protinfoAt !== 0)
    switch ((r.header as ValueOf<typeof linkHeader>).family) {
      case 7:
        {
          const inner = readBridgePort(r, protinfoAt, protinfoEnd);
          if (inner === undefined) return;
          protinfo_ = { bridge: inner };
        }
        break;
      case 10:
        {
          const inner = readLinkInet6(r, protinfoAt, protinfoEnd);
          if (inner === undefined) return;
          protinfo_ = { inet6: inner };
        }
        break;
      default:
        if (r.extensions !== undefined) return;
        unknown ??= [];
        unknown.push(rawOf(u8, protinfoWord, protinfoAt, protinfoEnd));
    }
  if (afSpecAt !== 0)
    switch ((r.header as ValueOf<typeof linkHeader>).family) {
      case 7:
        {
          const inner = readBridgeAfSpec(r, afSpecAt, afSpecEnd);
          if (inner === undefined) return;
          afSpec_ = { bridge: inner };
        }
        break;
      default:
        if (r.extensions !== undefined) return;
        {
          const inner = readLinkAfSpecs(r, afSpecAt, afSpecEnd);
          if (inner === undefined) return;
          afSpec_ = inner;
        }
    }
  r.depth--;
  const out: LinkAttrsValue = new LinkAttrsValueRoom();
  if (address_ !== undefined) out.address = address_;
  if (broadcast_ !== undefined) out.broadcast = broadcast_;
  if (ifname_ !== undefined) out.ifname = ifname_;
  if (mtu_ !== undefined) out.mtu = mtu_;
  if (link_ !== undefined) out.link = link_;
  if (qdisc_ !== undefined) out.qdisc = qdisc_;
  if (stats_ !== undefined) out.stats = stats_;
  if (cost_ !== undefined) out.cost = cost_;
  if (priority_ !== undefined) out.priority = priority_;
  if (master_ !== undefined) out.master = master_;
  if (wireless_ !== undefined) out.wireless = wireless_;
  if (protinfo_ !== undefined) out.protinfo = protinfo_;
  if (txqlen_ !== undefined) out.txqlen = txqlen_;
  if (map_ !== undefined) out.map = map_;
  if (weight_ !== undefined) out.weight = weight_;
  if (operstate_ !== undefined) out.operstate = operstate_;
  if (linkmode_ !== undefined) out.linkmode = linkmode_;
  if (linkinfo_ !== undefined) out.linkinfo = linkinfo_;
  if (netNsPid_ !== undefined) out.netNsPid = netNsPid_;
  if (ifalias_ !== undefined) out.ifalias = ifalias_;
  if (numVf_ !== undefined) out.numVf = numVf_;
  if (vfinfoList_ !== undefined) out.vfinfoList = vfinfoList_;
  if (stats64_ !== undefined) out.stats64 = stats64_;
  if (vfPorts_ !== undefined) out.vfPorts = vfPorts_;
  if (portSelf_ !== undefined) out.portSelf = portSelf_;
  if (afSpec_ !== undefined) out.afSpec = afSpec_;
  if (group_ !== undefined) out.group = group_;
  if (netNsFd_ !== undefined) out.netNsFd = netNsFd_;
  if (extMask_ !== undefined) out.extMask = extMask_;
  if (promiscuity_ !== undefined) out.promiscuity = promiscuity_;
  if (numTxQueues_ !== undefined) out.numTxQueues = numTxQueues_;
  if (numRxQueues_ !== undefined) out.numRxQueues = numRxQueues_;
  if (carrier_ !== undefined) out.carrier = carrier_;
  if (physPortId_ !== undefined) out.physPortId = physPortId_;
  if (carrierChanges_ !== undefined) out.carrierChanges = carrierChanges_;
  if (physSwitchId_ !== undefined) out.physSwitchId = physSwitchId_;
  if (linkNetnsid_ !== undefined) out.linkNetnsid = linkNetnsid_;
  if (physPortName_ !== undefined) out.physPortName = physPortName_;
  if (protoDown_ !== undefined) out.protoDown = protoDown_;
  if (gsoMaxSegs_ !== undefined) out.gsoMaxSegs = gsoMaxSegs_;
  if (gsoMaxSize_ !== undefined) out.gsoMaxSize = gsoMaxSize_;
  if (xdp_ !== undefined) out.xdp = xdp_;
  if (event_ !== undefined) out.event = event_;
  if (newNetnsid_ !== undefined) out.newNetnsid = newNetnsid_;
  if (targetNetnsid_ !== undefined) out.targetNetnsid = targetNetnsid_;
  if (carrierUpCount_ !== undefined) out.carrierUpCount = carrierUpCount_;
  if (carrierDownCount_ !== undefined) out.carrierDownCount = carrierDownCount_;
  if (newIfindex_ !== undefined) out.newIfindex = newIfindex_;
  if (minMtu_ !== undefined) out.minMtu = minMtu_;
  if (maxMtu_ !== undefined) out.maxMtu = maxMtu_;
  if (propList_ !== undefined) out.propList = propList_;
  if (altIfname_ !== undefined) out.altIfname = altIfname_;
  if (permAddress_ !== undefined) out.permAddress = permAddress_;
  if (protoDownReason_ !== undefined) out.protoDownReason = protoDownReason_;
  if (parentDevName_ !== undefined) out.parentDevName = parentDevName_;
  if (parentDevBusName_ !== undefined) out.parentDevBusName = parentDevBusName_;
  if (groMaxSize_ !== undefined) out.groMaxSize = groMaxSize_;
  if (tsoMaxSize_ !== undefined) out.tsoMaxSize = tsoMaxSize_;
  if (tsoMaxSegs_ !== undefined) out.tsoMaxSegs = tsoMaxSegs_;
  if (allmulti_ !== undefined) out.allmulti = allmulti_;
  if (devlinkPort_ !== undefined) out.devlinkPort = devlinkPort_;
  if (gsoIpv4MaxSize_ !== undefined) out.gsoIpv4MaxSize = gsoIpv4MaxSize_;
  if (groIpv4MaxSize_ !== undefined) out.groIpv4MaxSize = groIpv4MaxSize_;
  if (dpllPin_ !== undefined) out.dpllPin = dpllPin_;
  if (maxPacingOffloadHorizon_ !== undefined) out.maxPacingOffloadHorizon = maxPacingOffloadHorizon_;
  if (netnsImmutable_ !== undefined) out.netnsImmutable = netnsImmutable_;
  if (headroom_ !== undefined) out.headroom = headroom_;
  if (tailroom_ !== undefined) out.tailroom = tailroom_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

/** The fast reader of linkBody: false for what only the tables can read. */
export const readLinkBodyFast = (r: Reader, at: number, end: number, into: FastBody): boolean => {
  if (end - at < 16) return false;
  const header = readLinkHeader(r, at);
  r.header = header;
  const attrs = readLinkAttrs(r, at + 16, end, r.depth === 0 ? r.fields?.get(linkAttrs) : undefined);
  if (attrs === undefined) return false;
  into.header = header;
  into.attrs = attrs;
  return true;
};
