import Platform
import Records

extension Passport {
  /// The passport of this machine, and the machine's name.
  public static func ofThisMachine() -> (passport: Passport, host: String) {
    let (facts, limits) = (MachineFacts.ofThisMachine(), CPULimits.ofThisProcess())
    let passport = Passport(
      processor: facts.processor, architecture: facts.architecture, onlineCPUs: limits.online,
      affinityCPUs: limits.affinity, quotaCPUs: limits.quota, effectiveCPUs: limits.effective,
      caches: facts.caches.map {
        Cache(level: $0.level, type: $0.type, size: $0.size, sharedBy: $0.sharedBy)
      },
      memory: facts.memory, operatingSystem: facts.operatingSystem, kernel: facts.kernel,
      swift: "\(_SwiftStdlibVersion.current)")
    return (passport, facts.host)
  }
}
