/// A request in service.
struct Job {
  /// The time at which it ends, or the shared service at which it does.
  var end: Double
  /// The time of its arrival.
  var arrival: Double
}

/// Requests in service, the first to end on top: a binary heap.
struct JobHeap {
  private var jobs: [Job] = []

  var count: Int { jobs.count }

  /// The end of the first job; infinite if there is none.
  @inline(__always)
  var firstEnd: Double { jobs.isEmpty ? .infinity : jobs[0].end }

  /// Adds a job.
  @inline(__always)
  mutating func insert(_ job: Job) {
    jobs.append(job)
    jobs.withUnsafeMutableBufferPointer { jobs in
      var place = jobs.count &- 1
      while place > 0 {
        let parent = (place &- 1) >> 1
        if jobs[parent].end <= job.end { break }
        jobs[place] = jobs[parent]
        place = parent
      }
      jobs[place] = job
    }
  }

  /// Removes the first job, and returns the time of its arrival. There must be one.
  @inline(__always)
  mutating func removeFirst() -> Double {
    let arrival = jobs[0].arrival
    let last = jobs.removeLast()
    if !jobs.isEmpty { sink(last) }
    return arrival
  }

  /// Replaces the first job, and returns the time of its arrival. There must be one.
  @inline(__always)
  mutating func replaceFirst(with job: Job) -> Double {
    let arrival = jobs[0].arrival
    sink(job)
    return arrival
  }

  /// Removes some jobs, and not the first ones.
  mutating func removeLast(_ count: Int) {
    // A heap without its last leaves is a heap.
    jobs.removeLast(min(count, jobs.count))
  }

  @inline(__always)
  private mutating func sink(_ job: Job) {
    jobs.withUnsafeMutableBufferPointer { jobs in
      let count = jobs.count
      var place = 0
      while true {
        var child = 2 &* place &+ 1
        if child >= count { break }
        let right = child &+ 1
        if right < count, jobs[right].end < jobs[child].end { child = right }
        if job.end <= jobs[child].end { break }
        jobs[place] = jobs[child]
        place = child
      }
      jobs[place] = job
    }
  }
}

/// A request that waits.
struct WaitingJob {
  var arrival: Double
  var demand: Double
}

/// Waiting requests in the order of their arrival, in a ring that grows as needed.
struct JobQueue {
  private var jobs = [WaitingJob](repeating: WaitingJob(arrival: 0, demand: 0), count: 16)
  private var first = 0
  private(set) var count = 0

  /// Adds a request at the end.
  @inline(__always)
  mutating func append(_ job: WaitingJob) {
    if count == jobs.count { grow() }
    jobs[(first &+ count) & (jobs.count &- 1)] = job
    count &+= 1
  }

  /// Removes the first request. There must be one.
  @inline(__always)
  mutating func removeFirst() -> WaitingJob {
    let job = jobs[first]
    first = (first &+ 1) & (jobs.count &- 1)
    count &-= 1
    return job
  }

  /// Removes all requests.
  mutating func removeAll() { (first, count) = (0, 0) }

  private mutating func grow() {
    jobs = Array(jobs[first...] + jobs[..<first]) + jobs
    first = 0
  }
}
