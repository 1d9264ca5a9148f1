import Testing

@testable import Queueing

@Suite struct ProcessorSharingTests {
  @Test("λ = 4 and μ = 9 respond in 1/5 on average, whatever the distribution")
  func mean() throws {
    for second in [1.0, 2, 50] {
      let queue = try #require(GeneralServiceQueue(rate: 4, serviceTime: 1.0 / 9, secondMoment: second / 81))
      #expect(error(of: queue.meanSharedResponse, from: 1.0 / 5) < 1e-14)
    }
    let queue = try #require(MultiServerQueue(servers: 1, load: 4.0 / 9, serviceTime: 1.0 / 9))
    #expect(error(of: ProcessorSharing(queue).meanResponse, from: 1.0 / 5) < 1e-14)
  }

  /// The second moment on one core is S² · 4 / ((1 − ρ)² (2 − ρ)) (Coffman, Muntz and Trotter, "Waiting Time Distributions for
  /// Processor-Sharing Systems", Journal of the ACM 17 (1970)).
  @Test(
    "the distribution on one core has the mean and the variance of Coffman, Muntz and Trotter",
    arguments: [0.1, 0.5, 0.8])
  func moments(load: Double) throws {
    let queue = try #require(MultiServerQueue(servers: 1, load: load))
    let responses = try #require(ProcessorSharing(queue).responses(downTo: 1e-6))
    let step = queue.meanResponse / 10
    var (mean, square) = (0.0, 0.0)
    for index in 0..<500 {
      let time = (Double(index) + 0.5) * step
      let rest = responses.probability(above: time)
      mean += rest * step
      square += 2 * time * rest * step
    }
    #expect(error(of: mean, from: 1 / (1 - load)) < 1e-3)
    #expect(error(of: square, from: 4 / ((1 - load) * (1 - load) * (2 - load))) < 2e-3)
  }

  @Test(
    "the mean of the distribution on several cores is that of M/M/c",
    arguments: [(2, 1.5), (4, 3.8), (16, 12.0)])
  func severalCores(cores: Int, load: Double) throws {
    let queue = try #require(MultiServerQueue(servers: cores, load: load))
    let responses = try #require(ProcessorSharing(queue).responses(downTo: 1e-6))
    let step = queue.meanResponse / 20
    let mean = (0..<1000).reduce(0.0) { $0 + responses.probability(above: (Double($1) + 0.5) * step) * step }
    #expect(error(of: mean, from: queue.meanResponse) < 1e-3)
  }

  @Test("percentiles invert the distribution, and an empty server takes the service time alone")
  func percentiles() throws {
    let idle = ProcessorSharing(try #require(MultiServerQueue(servers: 3, load: 1e-9, serviceTime: 2)))
    #expect(
      error(of: try #require(idle.responses(downTo: 0.05)).quantile(0.95), from: 2 * 2.995732273553991) < 1e-5
    )
    for (cores, load) in [(1, 0.7), (8, 7.5)] {
      let sharing = ProcessorSharing(
        try #require(MultiServerQueue(servers: cores, load: load, serviceTime: 0.008)))
      let responses = try #require(sharing.responses(downTo: 1e-3))
      for fraction in [0.5, 0.95, 0.999] {
        #expect(
          error(of: responses.probability(above: responses.quantile(fraction)), from: 1 - fraction) < 1e-9)
      }
    }
    let full = ProcessorSharing(try #require(MultiServerQueue(servers: 1, load: 1)))
    #expect(full.responses(downTo: 0.1) == nil && full.meanResponse == .infinity)
  }

  @Test("waits at M/G/1 grow with the second moment, and those of exponential service are those of M/M/1")
  func pollaczekKhinchine() throws {
    let queue = try #require(GeneralServiceQueue(rate: 0.5, serviceTime: 1.5, secondMoment: 4.5))
    let exponential = try #require(MultiServerQueue(servers: 1, load: 0.75, serviceTime: 1.5))
    #expect(error(of: queue.meanWait, from: exponential.meanWait) < 1e-14)
    let constant = try #require(GeneralServiceQueue(rate: 0.5, serviceTimes: [1.5, 1.5]))
    #expect(error(of: constant.meanWait, from: queue.meanWait / 2) < 1e-14)
    let mixed = try #require(GeneralServiceQueue(rate: 0.5, serviceTimes: [0.5, 2.5]))
    #expect(error(of: mixed.meanWait, from: 0.5 * 3.25 / (2 * 0.25)) < 1e-14)
    #expect(error(of: mixed.meanSharedResponse(ofDemand: 0.5), from: 2) < 1e-14)
    #expect(GeneralServiceQueue(rate: 1, serviceTime: 1, secondMoment: 1)?.meanWait == .infinity)
    #expect(GeneralServiceQueue(rate: 1, serviceTime: 1, secondMoment: 0.5) == nil)
    #expect(GeneralServiceQueue(rate: 1, serviceTimes: []) == nil)
  }
}
