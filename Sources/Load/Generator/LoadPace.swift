/// The rule by which requests are due.
public enum LoadPace: Equatable, Sendable {
  /// Requests are due at given times, whatever the server does.
  case openLoop(ArrivalSchedule.Arrivals, RequestRate)
  /// The same, with rates that change in time.
  case traffic(ArrivalSchedule.Arrivals, RequestRates)
  /// A connection's next request is due when its last one is answered.
  case closedLoop
}
