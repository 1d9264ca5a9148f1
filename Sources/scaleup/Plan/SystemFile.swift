import Autoscaling
import Queueing

/// The JSON file of a system: its tiers, and the stages of its growth.
struct SystemFile: Decodable {
  /// The most stages.
  private static let mostStages = 30

  /// The name; `nil` if there is none.
  let name: String?
  /// The mean time between an answer and the next request of an active user, in seconds.
  let thinkTime: Double
  /// The part of the requests that are reads; `nil` if the traffic says it.
  let readShare: Double?
  /// The tiers before the first stage.
  let tiers: [Tier]
  /// The stages; empty if there are none.
  let stages: [Stage]

  /// A stage.
  struct Stage {
    let name: String
    let traffic: Traffic
    /// The tiers, with what they keep from the stage before.
    let tiers: [Tier]
  }

  /// The traffic of a stage.
  enum Traffic {
    /// Requests per second.
    case rate(Double)
    /// A number of users, each with an amount of requests.
    case users(Double, each: RequestAmount)
    case amounts(reads: RequestAmount?, writes: RequestAmount?)
  }

  /// Reads a system.
  ///
  /// - Throws: `FieldError`.
  init(from decoder: any Decoder) throws {
    let fields = try Fields(
      decoder, "the system", known: ["name", "thinkTime", "readShare", "perUser", "tiers", "stages"])
    name = try fields.string("name")
    thinkTime = try fields.time("thinkTime", upTo: 1e6) ?? 5
    if thinkTime == 0 { throw fields.invalid("thinkTime", "is 0", "a time over 0") }
    let perUser = try fields.amount("perUser")
    let share = try fields.number("readShare", NumberRange(most: 1))
    readShare = share
    let first = try fields.required("tiers", try fields.tiers(after: []))
    tiers = first
    var before = first
    stages =
      try fields.elements("stages") { decoder, number in
        if number > Self.mostStages {
          throw fields.invalid("stages", "has too many elements", "at most \(Self.mostStages)")
        }
        let stage = try Stage(decoder, number, before, perUser, readShare: share)
        before = stage.tiers
        return stage
      } ?? []
  }
}

extension SystemFile.Stage {
  fileprivate init(
    _ decoder: any Decoder, _ number: Int, _ before: [Tier], _ perUser: RequestAmount?, readShare: Double?
  ) throws {
    let fields = try Fields(
      decoder, "stage \(number)", known: ["name", "users", "rate", "reads", "writes", "tiers"])
    name = try fields.required("name", try fields.string("name"))
    let users = try fields.number("users", NumberRange(most: 1e12, isPositive: true))
    let rate = try fields.number("rate", NumberRange(most: 1e9, isPositive: true))
    let (reads, writes) = (try fields.amount("reads"), try fields.amount("writes"))
    let kinds = [users != nil, rate != nil, reads != nil || writes != nil].filter(\.self).count
    if kinds != 1 {
      throw FieldError(
        "has \(kinds) kinds of traffic in stage \(number) (expected 'users', 'rate', or 'reads' and 'writes')"
      )
    }
    if let users {
      guard let perUser else {
        throw FieldError("lacks 'perUser' in the system, which 'users' in stage \(number) needs")
      }
      traffic = .users(users, each: perUser)
    } else if let rate {
      traffic = .rate(rate)
    } else {
      traffic = .amounts(reads: reads, writes: writes)
    }
    if reads == nil, writes == nil, readShare == nil {
      throw FieldError("lacks 'readShare' in the system, the part of the requests that are reads")
    }
    tiers = try fields.tiers(after: before) ?? before
  }
}

extension Tier {
  /// The fields of every tier.
  private static let sharedFields = ["name", "kind", "read", "write", "cores", "zones"]

  /// The fields of a tier of a kind, beside the shared ones.
  private static func fields(of kind: Kind) -> [String] {
    switch kind {
    case .web, .application, .queue: ["instances"]
    case .cache: ["instances", "hitRatio"]
    case .database: ["replicas", "shards", "replicaWrite"]
    }
  }

  /// Reads a tier. It keeps what it does not mention from the tier of the same name in the stage before.
  ///
  /// - Throws: `FieldError`.
  fileprivate init(_ decoder: any Decoder, _ number: Int, after before: [Tier]) throws {
    let all = Self.sharedFields + Set(Kind.allCases.flatMap(Self.fields(of:))).sorted()
    let any = try Fields(decoder, "tier \(number)", known: all)
    let name = try any.required("name", try any.string("name"))
    let old = before.first { $0.name == name }
    let kind = try any.required("kind", try any.word("kind") ?? old?.kind)
    if let old, old.kind != kind {
      throw any.invalid("kind", "is '\(kind.rawValue)'", "\(old.kind.rawValue), as before")
    }
    let fields = try Fields(
      decoder, "the \(kind.rawValue) tier '\(name)'", known: Self.sharedFields + Self.fields(of: kind))
    self = old ?? Tier(name, kind, read: 0, write: 0)
    read = try fields.time("read", upTo: 3600) ?? read
    write = try fields.time("write", upTo: 3600) ?? write
    cores = try fields.integer("cores", 1...TieredSystem.mostCores) ?? cores
    instances = try fields.integer("instances", 1...Tier.mostMachines) ?? instances
    zones = try fields.integer("zones", 1...100) ?? zones
    replicas = try fields.integer("replicas", 0...Tier.mostReplicas) ?? replicas
    shards = try fields.integer("shards", 1...Tier.mostMachines / (1 + replicas)) ?? shards
    replicaWrite = try fields.time("replicaWrite", upTo: 3600) ?? replicaWrite
    if kind == .cache {
      hitRatio = try fields.required(
        "hitRatio", try fields.number("hitRatio", NumberRange(most: 1)) ?? old?.hitRatio)
    }
    try check(fields)
  }

  /// Checks fields against each other.
  ///
  /// - Throws: `FieldError`.
  private func check(_ fields: Fields) throws {
    let copies = kind == .database ? 1 + replicas : instances
    if zones > copies {
      throw fields.invalid(
        "zones", "is \(zones)",
        "at most \(copies), \(kind == .database ? "the copies of its data" : "its instances")")
    }
    if let replicaWrite, replicaWrite > write {
      throw fields.invalid("replicaWrite", "is longer than 'write'", "at most that")
    }
    if machines > Tier.mostMachines {
      throw fields.invalid("shards", "is \(shards)", "at most \(Tier.mostMachines) machines")
    }
  }
}

extension Fields {
  /// The most tiers.
  private static let mostTiers = 20

  /// Returns the tiers, in their order; `nil` if there are none.
  fileprivate func tiers(after before: [Tier]) throws -> [Tier]? {
    var names: Set<String> = []
    let tiers = try elements("tiers") { decoder, number in
      if number > Self.mostTiers {
        throw invalid("tiers", "has too many elements", "at most \(Self.mostTiers)")
      }
      let tier = try Tier(decoder, number, after: before)
      if !names.insert(tier.name).inserted {
        throw invalid("tiers", "has the name '\(tier.name)' twice", "different names")
      }
      return tier
    }
    if let tiers, tiers.isEmpty { throw invalid("tiers", "is empty", "at least one tier") }
    return tiers
  }

  /// Returns a time in seconds, written with its unit; `nil` if there is none.
  fileprivate func time(_ name: String, upTo most: Double) throws -> Double? {
    let expected = "a time with its unit, such as \"8ms\", of at most \(Int(most)) s"
    return try string(name, expected: expected).map { word in
      guard let time = planSeconds(word), time <= most else {
        throw invalid(name, "is '\(word)'", expected)
      }
      return time
    }
  }

  /// Returns requests per time; `nil` if there are none.
  fileprivate func amount(_ name: String) throws -> RequestAmount? {
    let expected = "a number per second, minute, hour, day, week, month or year, such as \"20/day\""
    return try string(name, expected: expected).map { word in
      guard let amount = RequestAmount(word) else { throw invalid(name, "is '\(word)'", expected) }
      return amount
    }
  }
}
