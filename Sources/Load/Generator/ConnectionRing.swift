/// The connections that can take a request, as a queue of a fixed capacity, so that all are used in turns.
struct ConnectionRing {
  private var places: [Int]
  private var first = 0
  private(set) var count = 0

  /// Creates an empty queue.
  init(capacity: Int) {
    places = Array(repeating: 0, count: max(1, capacity))
  }

  /// The first connection; `nil` if there is none.
  var head: Int? { count == 0 ? nil : places[first] }

  /// Appends a connection.
  ///
  /// - Precondition: The queue is not full.
  mutating func append(_ place: Int) {
    precondition(count < places.count, "a connection is in the queue twice")
    let end = first + count
    places[end < places.count ? end : end - places.count] = place
    count += 1
  }

  /// Removes the first connection.
  ///
  /// - Precondition: The queue is not empty.
  mutating func removeFirst() {
    precondition(count > 0, "no connection is free")
    first = first + 1 < places.count ? first + 1 : 0
    count -= 1
  }
}
