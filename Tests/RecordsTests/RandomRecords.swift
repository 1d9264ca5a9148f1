import TestSupport

import Records

extension SplitMix64 {
  /// A number of any size, small ones as likely as large ones.
  mutating func number() -> UInt64 {
    next() >> UInt64.random(in: 0..<64, using: &self)
  }

  mutating func count() -> Int {
    Int(number() >> 1)
  }

  mutating func exact() -> ExactInteger {
    ExactInteger((UInt128(next()) << 64 | UInt128(next())) >> UInt128.random(in: 0..<128, using: &self))
  }

  /// A text with whatever JSON treats specially, and with letters of many lengths.
  mutating func text() -> String {
    let letters: [Unicode.Scalar] = [
      "a", "Z", " ", "\"", "\\", "/", "\u{0}", "\u{1}", "\u{8}", "\t", "\n", "\u{B}", "\u{C}", "\r", "\u{1F}",
      "\u{7F}", "\u{80}", "\u{A0}", "é", "\u{301}", "\u{2028}", "\u{2029}", "字", "\u{FEFF}", "\u{FFFD}", "👩",
      "\u{200D}", "🚀", "\u{10FFFF}", "<", "&", "{", "}", ",", ":",
    ]
    let length = Int.random(in: 0...12, using: &self)
    var text = ""
    for _ in 0..<length { text.unicodeScalars.append(pick(letters, "a")) }
    return text
  }

  mutating func maybe<Value>(_ make: (inout SplitMix64) -> Value) -> Value? {
    Bool.random(using: &self) ? make(&self) : nil
  }

  mutating func list<Value>(_ make: (inout SplitMix64) -> Value) -> [Value] {
    let length = Int.random(in: 0...4, using: &self)
    return (0..<length).map { _ in make(&self) }
  }

  mutating func pick<Value>(_ values: [Value], _ fallback: Value) -> Value {
    values.randomElement(using: &self) ?? fallback
  }

  mutating func share() -> Share {
    var share = Share(
      worker: count(), range: maybe { .init(lower: $0.number(), upper: $0.number()) },
      chunks: maybe { $0.number() }, numbers: maybe { $0.number() }, result: exact(),
      begin: number(), end: number(), cpuTime: number(), core: maybe { $0.count() },
      peakMemory: maybe { $0.number() }, slices: maybe { $0.list { $0.number() } })
    share.host = maybe { $0.count() }
    share.arrival = maybe { $0.number() }
    share.communication = maybe { $0.number() }
    return share
  }

  mutating func hostUse() -> HostUse {
    HostUse(
      name: text(), ranks: count(), cores: count(), cpuTime: number(), clockOffset: maybe { -$0.count() },
      clockError: maybe { $0.number() })
  }

  mutating func restart() -> Restart {
    Restart(worker: count(), region: count(), cause: text(), at: number(), lost: number())
  }

  /// A record with what no executable reports about itself.
  mutating func commandRecord() -> TrialRecord {
    var record = trialRecord()
    record.outputHash = maybe { $0.exact() }
    record.leftBehind = maybe { $0.count() }
    return record
  }

  mutating func trialRecord() -> TrialRecord {
    var record = TrialRecord(result: exact(), region: number())
    record.model = maybe { $0.text() }
    record.workload = maybe { $0.text() }
    record.kernel = maybe { $0.text() }
    record.workers = maybe { $0.count() }
    record.upTo = maybe { $0.number() }
    record.duration = maybe { $0.number() }
    record.load = maybe { $0.count() }
    record.peakMemory = maybe { $0.number() }
    record.shares = maybe { $0.list { $0.share() } }
    record.threadsPerRank = maybe { $0.count() }
    record.hosts = maybe { $0.list { $0.hostUse() } }
    record.instructionSet = maybe { $0.text() }
    record.schedule = maybe { $0.text() }
    record.grain = maybe { $0.number() }
    record.placement = maybe { $0.text() }
    record.regions = maybe { $0.list { $0.number() } }
    record.restarts = maybe { $0.list { $0.restart() } }
    return record
  }

  mutating func modelDescription() -> ModelDescription {
    ModelDescription(
      model: text(), summary: text(), version: text(), maximumWorkers: count(),
      isLaunched: maybe { .random(in: 0...1, using: &$0) == 1 },
      schedules: maybe { $0.list { $0.text() } },
      replacesWorkers: maybe { Bool.random(using: &$0) }, serves: maybe { Bool.random(using: &$0) },
      workloads: list {
        .init(
          name: $0.text(), summary: $0.text(), extent: $0.pick([.numbers, .period], .numbers),
          kernels: $0.maybe { $0.list { $0.text() } })
      })
  }

  mutating func peerManifest() -> PeerManifest {
    PeerManifest(
      tools: list { $0.text() }, install: text(), build: maybe { $0.list { $0.text() } },
      run: list { $0.text() }, describes: modelDescription())
  }

  mutating func passport() -> Passport {
    var passport = barePassport()
    passport.cpusetCPUs = maybe { $0.count() }
    passport.quotas = maybe { $0.list { .init(version: $0.count(), depth: $0.count(), cpus: $0.ratio()) } }
    passport.taskPoolWidth = maybe { $0.count() }
    passport.bindingLimits = maybe { $0.list { $0.text() } }
    passport.topology = maybe {
      .init(
        sockets: $0.maybe { $0.count() }, physicalCores: $0.maybe { $0.count() },
        usableCores: $0.maybe { $0.count() }, threadsPerCore: $0.maybe { $0.count() },
        nodes: $0.maybe { $0.count() })
    }
    passport.clocks = maybe {
      .init(
        governors: $0.list { $0.text() }, minimum: $0.maybe { $0.count() }, maximum: $0.maybe { $0.count() },
        hardwareMaximum: $0.maybe { $0.count() }, boost: $0.maybe { Bool.random(using: &$0) })
    }
    passport.hypervisor = maybe { $0.text() }
    passport.product = maybe { $0.text() }
    passport.thermalPressure = maybe { $0.text() }
    passport.priority = maybe { .init(nice: $0.maybe { $0.count() }, policy: $0.maybe { $0.text() }) }
    passport.limits = maybe {
      .init(
        stack: $0.maybe { $0.number() }, addressSpace: $0.maybe { $0.number() },
        processes: $0.maybe { $0.number() }, openFiles: $0.maybe { $0.number() },
        cpuTime: $0.maybe { $0.number() })
    }
    passport.load = maybe {
      .init(
        averages: $0.maybe { $0.list { $0.ratio() } }, busyCores: $0.maybe { $0.ratio() },
        stolenCores: $0.maybe { $0.ratio() })
    }
    passport.load?.idlePower = maybe { .init(watts: $0.ratio(), busyCores: $0.ratio()) }
    passport.energy = maybe {
      .init(counters: $0.maybe { $0.list { $0.text() } }, reason: $0.maybe { $0.text() })
    }
    passport.throttledPeriods = maybe { $0.number() }
    passport.warnings = maybe { $0.list { $0.text() } }
    return passport
  }

  mutating func ratio() -> Double {
    Double.random(in: 0...512, using: &self)
  }

  private mutating func barePassport() -> Passport {
    Passport(
      processor: maybe { $0.text() }, architecture: text(), onlineCPUs: count(),
      affinityCPUs: maybe { $0.count() }, quotaCPUs: maybe { Double.random(in: 0...512, using: &$0) },
      effectiveCPUs: count(),
      caches: list { .init(level: $0.count(), type: $0.text(), size: $0.number(), sharedBy: $0.count()) },
      memory: maybe { $0.number() }, operatingSystem: maybe { $0.text() }, kernel: text(), swift: text())
  }

  mutating func plan() -> Plan {
    Plan(
      configurations: list {
        Configuration(
          model: $0.text(), isPeer: $0.maybe { Bool.random(using: &$0) }, workload: $0.text(),
          kernel: $0.text(),
          workers: $0.count(), schedule: $0.maybe { $0.text() }, grain: $0.maybe { $0.number() },
          placement: $0.maybe { $0.text() },
          upTo: $0.maybe { $0.number() }, duration: $0.maybe { $0.number() },
          load: $0.maybe { $0.count() }, repetitions: $0.maybe { $0.count() },
          traffic: $0.maybe {
            Traffic(
              path: $0.text(), rate: $0.maybe { $0.ratio() }, connections: $0.count(),
              generator: $0.maybe { $0.text() })
          },
          command: $0.maybe { CommandWork(line: $0.text(), isParallel: $0.maybe { $0.next() > 7 }) })
      }, trials: count(), warmUps: count(), seed: maybe { $0.number() })
  }

  mutating func processRecord() -> ProcessRecord {
    var record = ProcessRecord(
      wall: number(), userTime: number(), systemTime: number(), voluntaryContextSwitches: count(),
      involuntaryContextSwitches: count(), minorPageFaults: count(), majorPageFaults: count())
    record.activity = maybe { $0.activity() }
    return record
  }

  mutating func activity() -> Activity {
    Activity(
      cores: maybe {
        CoreTimeline(
          interval: $0.number(), span: $0.number(), cores: $0.list { $0.count() },
          busy: $0.list { $0.list { $0.count() } })
      },
      busy: maybe { $0.number() }, steal: maybe { $0.number() }, throttled: maybe { $0.number() },
      clocks: maybe { $0.list { $0.count() } },
      counters: maybe {
        .init(
          cycles: $0.maybe { $0.number() }, instructions: $0.maybe { $0.number() },
          migrations: $0.maybe { $0.number() })
      },
      energy: maybe {
        .init(
          processor: $0.maybe { $0.number() }, memory: $0.maybe { $0.number() },
          platform: $0.maybe { $0.number() })
      })
  }

  mutating func granularityRecord() -> GranularityRecord {
    var record = GranularityRecord(
      host: text(), startedAt: text(), passport: passport(), workers: count(), upTo: number())
    record.single = rounds()
    record.singleDisturbed = maybe { $0.count() }
    record.models = list { $0.sweptModel() }
    return record
  }

  private mutating func sweptModel() -> GranularityRecord.Model {
    var model = GranularityRecord.Model(model: text())
    model.points = list {
      var point = GranularityRecord.Point(grain: $0.number(), regions: $0.rounds())
      point.disturbed = $0.maybe { $0.count() }
      return point
    }
    model.emptyRegion = maybe { $0.rounds() }
    model.emptyRegionDisturbed = maybe { $0.count() }
    model.emptyChunks = maybe { $0.rounds() }
    model.emptyChunksDisturbed = maybe { $0.count() }
    model.emptyChunkCount = maybe { $0.number() }
    model.failure = maybe { $0.text() }
    return model
  }

  mutating func capacityRecord() -> CapacityRecord {
    var record = CapacityRecord(
      host: text(), startedAt: text(), passport: passport(),
      objective: LatencyObjective(percentile: ratio(), time: number()), path: text(), connections: count(),
      duration: number())
    record.services = list { $0.triedService() }
    record.interrupted = maybe { Bool.random(using: &$0) }
    record.speedups = maybe {
      $0.list {
        .init(
          model: $0.text(), workers: $0.count(), speedup: $0.maybe { $0.ratio() },
          efficiency: $0.maybe { $0.ratio() })
      }
    }
    return record
  }

  private mutating func triedService() -> CapacityRecord.Service {
    var service = CapacityRecord.Service(
      model: text(), isPeer: maybe { Bool.random(using: &$0) }, workers: count())
    (service.low, service.high) = (maybe { $0.ratio() }, maybe { $0.ratio() })
    service.confirmed = Bool.random(using: &self)
    service.sharesCPUs = maybe { Bool.random(using: &$0) }
    service.tries = list {
      .init(
        rate: $0.ratio(), outcome: $0.pick(CapacityRecord.Outcome.allCases, .met),
        latency: $0.maybe { $0.number() }, achievedRate: $0.ratio(), serverCores: $0.ratio(),
        generatorCores: $0.ratio(), disturbed: $0.maybe { Bool.random(using: &$0) })
    }
    service.failure = maybe { $0.text() }
    return service
  }

  private mutating func rounds() -> GranularityRecord.Rounds {
    list { $0.list { $0.number() } }
  }

  mutating func machineRecord() -> MachineRecord {
    MachineRecord(host: text(), passport: passport(), countersReason: maybe { $0.text() })
  }

  mutating func runRecord() -> RunRecord {
    var run = bareRunRecord()
    run.countersReason = maybe { $0.text() }
    return run
  }

  private mutating func bareRunRecord() -> RunRecord {
    RunRecord(
      version: text(), host: text(), startedAt: text(), passport: passport(), plan: plan(),
      trials: list {
        Trial(
          configuration: $0.count(), round: $0.count(), warmUp: Bool.random(using: &$0),
          process: $0.maybe { $0.processRecord() }, report: $0.maybe { $0.commandRecord() },
          failure: $0.maybe { $0.text() })
      })
  }
}
