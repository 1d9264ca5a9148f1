import Records

extension CapacityRecord.Try {
  /// The shortfall of the answers, as a part of the offered requests, with which an objective can be met.
  private static let mostShortfall = 0.01

  /// Makes the record of a trial at a rate.
  ///
  /// The objective is met if the latencies meet it, and if the answers do not fall short of the offered requests by more than
  /// 1 %, and by more than chance. A busy generator delays requests: a try in which the generator kept 0.9 of a core busy
  /// says nothing about the server, unless the objective was met all the same.
  ///
  /// - Parameters:
  ///   - process: The resources of the server's process tree.
  ///   - load: The report of the load generator.
  ///   - mostForeignLoad: The most cores that other programs may keep busy during an undisturbed try.
  public init(
    at rate: Double, _ process: ProcessRecord, _ load: LoadRecord, objective: LatencyObjective,
    mostForeignLoad: Double
  ) {
    let isMet = objective.isMet(by: load) && !load.fallsShort(by: Self.mostShortfall)
    self.init(
      rate: rate, outcome: isMet ? .met : load.isGeneratorBusy ? .generator : .missed,
      latency: load.latency.time(atPercentile: objective.percentile), achievedRate: load.achievedRate,
      serverCores: load.serverCores(Double(process.userTime) + Double(process.systemTime)),
      generatorCores: load.generatorCores,
      disturbed: process.foreignLoad.map { _ in process.isDisturbed(beyond: mostForeignLoad) },
      stolenCores: process.activity?.steal.map { Double($0) / Double(max(1, process.wall)) })
  }
}
