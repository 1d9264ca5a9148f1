extension Policy: Decodable {
  /// The members that a policy of every kind may have.
  static let sharedFields = ["kind", "name", "min", "max", "desired"]

  /// Reads a policy.
  ///
  /// - Throws: `FieldError`.
  public init(from decoder: any Decoder) throws {
    let rule = try Rule(from: decoder)
    let fields = try Fields(decoder, "the policy", known: Self.sharedFields + rule.fields)
    let sizes = 0...Bounds.most
    let least = try fields.integer("min", sizes)
    let most = try fields.integer("max", sizes)
    let initial = try fields.integer("desired", sizes)
    let bounds = Bounds(
      min: least ?? Swift.min(rule.defaultBounds.min, most ?? Bounds.most),
      max: most ?? Swift.max(rule.defaultBounds.max, least ?? 0))
    if let most, most < bounds.min {
      throw FieldError("has a 'min' of \(bounds.min) over its 'max' of \(most) in the policy")
    }
    if let initial, bounds.clamp(initial).constraint != nil {
      throw FieldError("has a 'desired' of \(initial) outside its bounds, \(bounds.min) to \(bounds.max)")
    }
    self.init(rule, name: try fields.string("name"), bounds: bounds, initial: initial)
  }
}

extension Rule {
  /// The kinds that a policy may have.
  enum Kind: String, CaseIterable {
    case targetTracking = "target-tracking"
    case step, simple, scheduled, backlog, hpa, keda
    case kedaJob = "keda-job"
    case combined, none
  }

  /// Reads the rule of a policy; members that every policy has are left alone.
  ///
  /// - Throws: `FieldError`.
  init(from decoder: any Decoder, _ place: String = "the policy") throws {
    let kind: Kind
    do {
      let container = try decoder.container(keyedBy: Fields.Name.self)
      let names = container.allKeys.map(\.stringValue)
      let fields = try Fields(decoder, place, known: names)
      kind = try fields.required("kind", try fields.word("kind"))
    } catch let error as FieldError {
      throw error
    } catch {
      throw FieldError("has a value that is not an object where \(place) is expected")
    }
    func fields(_ names: [String]) throws -> Fields {
      try Fields(decoder, place, known: Policy.sharedFields + names)
    }
    switch kind {
    case .targetTracking: self = .targetTracking(try TargetTracking(fields(TargetTracking.fields)))
    case .step: self = .step(try StepScaling(fields(StepScaling.fields)))
    case .simple: self = .simple(try SimpleScaling(fields(SimpleScaling.fields)))
    case .scheduled: self = .scheduled(try ScheduledScaling(fields(ScheduledScaling.fields)))
    case .backlog: self = .backlog(try BacklogPerInstance(fields(BacklogPerInstance.fields)))
    case .hpa: self = .hpa(try HorizontalPodAutoscaler(fields(HorizontalPodAutoscaler.fields)))
    case .keda: self = .keda(try ScaledObject(fields(ScaledObject.fields)))
    case .kedaJob: self = .kedaJob(try ScaledJob(fields(ScaledJob.fields)))
    case .combined: self = .combined(try CombinedPolicies(fields(CombinedPolicies.fields)))
    case .none:
      _ = try fields([])
      self = .none(FixedSize())
    }
  }

  /// The members of the rule, without those of every policy.
  var fields: [String] {
    switch self {
    case .targetTracking: TargetTracking.fields
    case .step: StepScaling.fields
    case .simple: SimpleScaling.fields
    case .scheduled: ScheduledScaling.fields
    case .backlog: BacklogPerInstance.fields
    case .hpa: HorizontalPodAutoscaler.fields
    case .keda: ScaledObject.fields
    case .kedaJob: ScaledJob.fields
    case .combined: CombinedPolicies.fields
    case .none: []
    }
  }
}
