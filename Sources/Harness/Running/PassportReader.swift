import Platform
import Records

extension Passport {
  /// Reads the host information of this machine, and its name.
  ///
  /// - Parameters:
  ///   - tree: The file tree that contains `proc`, `sys` and `etc`.
  ///   - watch: The time to watch how busy the machine is without this program, in nanoseconds.
  public static func ofThisMachine(
    in tree: FileTree = .machine, watchingFor watch: UInt64 = 0
  ) -> (passport: Passport, host: String) {
    let (facts, limits) = (
      MachineFacts.ofThisMachine(in: tree), CPULimits.ofThisProcess(in: tree)
    )
    var passport = Passport(
      processor: facts.processor, architecture: facts.architecture, onlineCPUs: limits.online,
      affinityCPUs: limits.affinity, quotaCPUs: limits.quota, effectiveCPUs: limits.effective,
      caches: facts.caches.map {
        Cache(level: $0.level, type: $0.type, size: $0.size, sharedBy: $0.sharedBy, cpus: $0.cpus)
      },
      memory: facts.memory, operatingSystem: facts.operatingSystem, kernel: facts.kernel,
      swift: "\(_SwiftStdlibVersion.current)")
    passport.enter(facts.details)
    passport.enter(limits)
    passport.enter(Platform.Topology.read(from: tree), tree)
    let virtualization = Virtualization.read(from: tree)
    (passport.hypervisor, passport.product) = (virtualization.hypervisor, virtualization.product)
    passport.enter(ProcessLimits.ofThisProcess())
    passport.throttledPeriods = ThrottlingReader(from: tree).read()?.periods
    passport.thermalPressure = ThermalPressure.read(from: tree)?.rawValue
    let meter = Result { () throws(EnergyError) in try EnergyMeter(from: tree) }
    passport.energy = Energy(meter)
    passport.load = Load(in: tree, watchingFor: watch, meter: try? meter.get())
    return (passport, facts.host)
  }

  private mutating func enter(_ details: MachineFacts.ProcessorDetails) {
    if details == MachineFacts.ProcessorDetails() { return }
    processorDetails = ProcessorDetails(
      family: details.family, model: details.model, stepping: details.stepping, microcode: details.microcode,
      vectorSets: details.vectorSets)
  }

  private mutating func enter(_ limits: CPULimits) {
    cpusetCPUs = limits.cpuset
    if !limits.quotas.isEmpty {
      quotas = limits.quotas.map { Quota(version: $0.version, depth: $0.depth, cpus: $0.cpus) }
    }
    taskPoolWidth = limits.taskPoolWidth
    bindingLimits = limits.binding.map(\.rawValue)
  }

  private mutating func enter(_ process: ProcessLimits) {
    priority = Priority(nice: process.nice, policy: process.policy)
    limits = Limits(
      stack: process.stack, addressSpace: process.addressSpace, processes: process.processes,
      openFiles: process.openFiles, cpuTime: process.cpuTime)
  }

  private mutating func enter(_ topology: Platform.Topology?, _ tree: FileTree) {
    guard let topology else { return }
    let allowed = AllowedCPUs.read(from: tree).map { Set($0) }
    let usable = topology.limited(to: allowed)
    let known = Passport.Topology(
      sockets: topology.sockets, physicalCores: topology.physicalCores,
      usableCores: usable.physicalCores, threadsPerCore: topology.threadsPerCore,
      nodes: topology.nodes, siblings: Self.lists(usable.siblings.filter { $0.count > 1 }),
      nodeCPUs: usable.cpusOfNodes.count > 1 ? Self.lists(usable.cpusOfNodes) : nil,
      kinds: usable.kinds.isEmpty
        ? nil
        : usable.kinds.map {
          CoreKind(
            name: $0.name, cpus: $0.count, list: $0.cpus.isEmpty ? nil : CPUList.text(of: $0.cpus),
            maximumFrequency: $0.maximumFrequency)
        })
    if known != Passport.Topology() { self.topology = known }
    let numbers = (usable.cpus.isEmpty ? topology : usable).cpus.map(\.number)
    let policy = FrequencyPolicy.read(ofCPUs: numbers, from: tree)
    if policy != FrequencyPolicy() {
      clocks = Clocks(
        governors: policy.governors, minimum: policy.minimum, maximum: policy.maximum,
        hardwareMaximum: policy.hardwareMaximum, boost: policy.boost)
    }
  }

  /// Returns groups of CPUs as lists, such as `0,64 1,65`; `nil` if there are none.
  private static func lists(_ groups: [[Int]]) -> String? {
    groups.isEmpty ? nil : groups.map(CPUList.text).joined(separator: " ")
  }
}

extension Passport.Load {
  /// Reads the load of a machine; `nil` if it reports none.
  fileprivate init?(in tree: FileTree, watchingFor watch: UInt64, meter: EnergyMeter?) {
    let averages = LoadAverage.read(from: tree).map { [$0.oneMinute, $0.fiveMinutes, $0.fifteenMinutes] }
    self.init(averages: averages)
    if watch > 0, let sampler = CoreSampler(from: tree) {
      var (before, after) = (CoreReading(), CoreReading())
      let start = Clock.monotonic.now()
      sampler.read(into: &before)
      let energy = meter?.read(at: start)
      Clock.sleep(until: start + watch)
      if sampler.read(into: &after), !before.cores.isEmpty {
        let end = Clock.monotonic.now()
        enter(
          before, after, time: end - start, allowed: AllowedCPUs.read(from: tree).map { Set($0) })
        let used = energy.flatMap { one in meter?.read(at: end).flatMap { meter?.energy(from: one, to: $0) } }
        idlePower = Passport.IdlePower(used, before, after, time: end - start)
      }
    }
    if self == Self() { return nil }
  }

  /// Enters the cores that were busy between two readings, and those that were taken away.
  ///
  /// - Parameters:
  ///   - time: The time between the readings in nanoseconds.
  ///   - allowed: The numbers of the cores that this process may use, which are counted; `nil` counts all.
  mutating func enter(_ before: CoreReading, _ after: CoreReading, time: UInt64, allowed: Set<Int>?) {
    let (before, after) = (allowed.map(before.limited) ?? before, allowed.map(after.limited) ?? after)
    busyCores = min(
      max(0, Double(after.busy) - Double(before.busy)) / Double(time), Double(after.cores.count))
    stolenCores = after.steal.flatMap { stolen in
      before.steal.map { max(0, Double(stolen) - Double($0)) / Double(time) }
    }
  }
}
