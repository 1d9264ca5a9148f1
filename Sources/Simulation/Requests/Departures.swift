/// The next departures of stations, the earliest on top: a tournament tree, in which a station changes in place.
struct Departures {
  /// The earliest departure below each node; the leaves are the stations.
  private var times: [Double] = [.infinity, .infinity]
  private var leaves = 1

  /// The earliest departure; infinite if there is none.
  @inline(__always)
  var first: Double { times[1] }

  /// The station with the earliest departure.
  @inline(__always)
  var station: Int {
    var node = 1
    while node < leaves { node = times[2 &* node] <= times[2 &* node &+ 1] ? 2 &* node : 2 &* node &+ 1 }
    return node &- leaves
  }

  /// Sets the next departure of a station.
  @inline(__always)
  mutating func set(_ station: Int, _ time: Double) {
    if station >= leaves { grow(to: station + 1) }
    times.withUnsafeMutableBufferPointer { times in
      var node = leaves &+ station
      times[node] = time
      while node > 1 {
        node >>= 1
        let earlier = min(times[2 &* node], times[2 &* node &+ 1])
        if times[node] == earlier { break }
        times[node] = earlier
      }
    }
  }

  private mutating func grow(to count: Int) {
    let old = Array(times[leaves..<2 * leaves])
    while leaves < count { leaves *= 2 }
    times = [Double](repeating: .infinity, count: 2 * leaves)
    for (station, time) in old.enumerated() { set(station, time) }
  }
}
