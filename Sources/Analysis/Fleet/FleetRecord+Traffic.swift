import Records

extension FleetRecord {
  /// The wall seconds from the start of the fleet until its first request: the end of the last sample before the first with
  /// requests. It is 0 if there were none.
  ///
  /// The built-in traffic starts when the first instances are in service.
  public var trafficStart: Double {
    guard let first = points.firstIndex(where: { $0.rate > 0 }), first > 0 else { return 0 }
    return Double(points[first - 1].time) / 1e9
  }

  /// Returns the wall time of a decision in seconds since the start.
  public func wallSeconds(of decision: Decision) -> Double {
    decision.sample.time / settings.timeScale
  }
}
