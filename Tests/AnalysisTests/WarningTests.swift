import Records
import Testing

@testable import Analysis

struct WarningTests {
  private let quiet = Passport(
    architecture: "x86_64", onlineCPUs: 8, affinityCPUs: 8, effectiveCPUs: 8, kernel: "k", swift: "6.3")

  private func told(_ change: (inout Passport) -> Void, mostWorkers: Int? = nil) -> [String] {
    var passport = quiet
    change(&passport)
    return warnings(of: passport, mostWorkers: mostWorkers)
  }

  @Test("an undisturbed or unknown machine has no warnings")
  func none() {
    #expect(warnings(of: quiet) == [])
    #expect(
      told {
        $0.clocks = .init(
          governors: ["performance"], minimum: 1, maximum: 3_400_000, hardwareMaximum: 3_500_000, boost: false
        )
        $0.topology = .init(sockets: 1, physicalCores: 8, usableCores: 8, threadsPerCore: 1, nodes: 1)
        $0.load = .init(averages: [7, 1, 1], busyCores: 0.1, stolenCores: 0.1)
        ($0.hypervisor, $0.cpusetCPUs, $0.quotaCPUs, $0.throttledPeriods) = ("KVM", 8, 8, 3)
      } == [])
  }

  @Test("each limit below the online CPUs has a warning with its remedy")
  func limits() {
    var lines = told { $0.affinityCPUs = 1 }
    #expect(lines.count == 1 && lines[0].contains("1 of 8 CPUs") && lines[0].contains("taskset"))
    lines = told { ($0.affinityCPUs, $0.cpusetCPUs) = (4, 4) }
    #expect(lines.count == 1 && lines[0].hasPrefix("the cpuset limits this run to 4 of 8 CPUs ("))
    lines = told { ($0.affinityCPUs, $0.cpusetCPUs) = (2, 4) }
    #expect(lines.count == 2)
    lines = told { $0.quotaCPUs = 0.5 }
    #expect(lines.count == 1 && lines[0].contains("0.50 of 8 CPUs") && !lines[0].contains("throttled"))
    lines = told { ($0.quotaCPUs, $0.throttledPeriods) = (0.5, 12) }
    #expect(lines.count == 1 && lines[0].contains("and throttled it 12 times before ("))
  }

  @Test("other programs have a warning by what was seen, or else by the load average")
  func load() {
    #expect(
      told { $0.load = .init(averages: [0, 0, 0], busyCores: 1.3) }[0].contains("1.30 of 8 CPUs busy ("))
    #expect(told { $0.load = .init(averages: [5, 0, 0]) }[0].contains("last minute is 5.00 ("))
    #expect(told { $0.load = .init(averages: [0.39, 9, 9]) } == [])
    #expect(told { $0.load = .init(busyCores: 0.39) } == [])
    #expect(told { ($0.effectiveCPUs, $0.load) = (1, .init(busyCores: 0.26)) }.count == 1)
  }

  @Test("only the CPUs that a run may use count for the warnings about its surroundings")
  func usable() {
    let busy = told { ($0.affinityCPUs, $0.load) = (2, .init(averages: [5, 0, 0], busyCores: 1.3)) }
    #expect(busy.count == 2 && busy[1].contains("keep 1.30 of 2 CPUs busy ("))
    // The load average counts all CPUs.
    #expect(told { ($0.cpusetCPUs, $0.load) = (2, .init(averages: [5, 0, 0])) }.count == 1)
    let stolen = told { ($0.affinityCPUs, $0.load) = (2, .init(busyCores: 0, stolenCores: 0.05)) }
    #expect(stolen.count == 2 && stolen[1].contains("0.05 CPUs"))
  }

  @Test("time taken by the hypervisor has a warning")
  func steal() {
    let lines = told { ($0.load, $0.hypervisor) = (.init(busyCores: 0, stolenCores: 0.5), "KVM") }
    #expect(lines.count == 1 && lines[0].contains("(KVM)") && lines[0].contains("0.50 CPUs"))
  }

  @Test("varying or limited CPU frequencies have a warning with their remedy")
  func clocks() {
    var lines = told { $0.clocks = .init(governors: ["performance", "schedutil"]) }
    #expect(lines.count == 1 && lines[0].contains("'schedutil'") && lines[0].contains("-g performance"))
    lines = told { $0.clocks = .init(governors: ["performance"], boost: true) }
    #expect(lines.count == 1 && lines[0].contains("boost is on"))
    lines = told { $0.clocks = .init(maximum: 2_000_000, hardwareMaximum: 3_500_000) }
    #expect(lines.count == 1 && lines[0].contains("2.00 GHz of 3.50 GHz") && lines[0].contains("-u 3500000"))
  }

  @Test("a machine that is too hot has a warning")
  func thermalPressure() {
    for (pressure, count) in [(nil, 0), ("nominal", 0), ("moderate", 1), ("sleeping", 1)] {
      let lines = told { $0.thermalPressure = pressure }
      #expect(lines.count == count)
      #expect(lines.allSatisfy { $0.hasPrefix("the thermal pressure is \(pressure ?? "")") })
    }
  }

  @Test("only workers that share physical cores have a warning about SMT")
  func siblings() {
    let topology = Passport.Topology(sockets: 1, physicalCores: 4, usableCores: 4, threadsPerCore: 2)
    let lines = told { $0.topology = topology }
    #expect(lines.count == 1 && lines[0].hasPrefix("8 workers share 4 physical cores (SMT)"))
    #expect(told({ $0.topology = topology }, mostWorkers: 4) == [])
    #expect(told({ $0.topology = topology }, mostWorkers: 5).count == 1)
    // Two hardware threads of one core are all that may be used.
    #expect(
      told {
        $0.topology = .init(physicalCores: 4, usableCores: 1, threadsPerCore: 2)
        ($0.affinityCPUs, $0.effectiveCPUs) = (2, 2)
      }.contains { $0.hasPrefix("2 workers share 1 physical core (SMT)") })
  }

  @Test("each warning fits on a line")
  func length() {
    let lines = told {
      ($0.affinityCPUs, $0.cpusetCPUs, $0.quotaCPUs, $0.effectiveCPUs) = (2, 4, 1.5, 2)
      $0.clocks = .init(governors: ["a\nb"], maximum: 1_000_000, hardwareMaximum: 9_000_000, boost: true)
      ($0.load, $0.throttledPeriods) = (.init(busyCores: 1000, stolenCores: 1000), .max)
      $0.thermalPressure = String(repeating: "hot ", count: 1000)
      $0.topology = .init(usableCores: 1, threadsPerCore: 2)
    }
    #expect(lines.count == 10)
    for line in lines { #expect(line.count < 290 && !line.contains("\n"), "\(line)") }
  }
}
