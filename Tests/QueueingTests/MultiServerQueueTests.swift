import Testing

@testable import Queueing

/// The relative difference of two numbers.
func error(of value: Double, from expected: Double) -> Double {
  value == expected ? 0 : abs(value - expected) / abs(expected)
}

@Suite struct MultiServerQueueTests {
  /// `../shared/truth/queueing.md`: exact fractions.
  @Test(
    "Erlang C is exact to the last digits for known fractions",
    arguments: [
      (1, 0.5, 1.0 / 2), (2, 0.5, 1.0 / 10), (2, 1, 1.0 / 3), (2, 1.5, 9.0 / 14), (3, 2, 4.0 / 9),
      (3, 2.5, 125.0 / 178),
      (5, 4, 128.0 / 231), (10, 6, 1458.0 / 14393), (10, 8, 4_194_304.0 / 10_250_507),
      (10, 9, 43_046_721.0 / 64_370_707), (14, 10, 976_562_500.0 / 5_608_175_823),
    ] as [(Int, Double, Double)])
  func knownFractions(servers: Int, load: Double, expected: Double) throws {
    let queue = try #require(MultiServerQueue(servers: servers, load: load))
    #expect(error(of: queue.waitProbability, from: expected) < 1e-14)
  }

  /// 40 digits by mpmath 1.3, for the doubles nearest to the loads.
  @Test(
    "both Erlang formulas keep 13 digits up to a million servers",
    arguments: [
      (1, 0.001, 0.00099900099900099902177, 0.0010000000000000000208),
      (2, 1.999, 0.39983996399440025833, 0.99925006251562898981),
      (7, 3.3, 0.031817818796913358903, 0.058534770486544910525),
      (20, 18.5, 0.12137869858447062686, 0.64812979102654410097),
      (50, 49.9, 0.10369045366409182394, 0.98300562312205777546),
      (64, 32, 2.1318585304107097815e-7, 4.2637161518574546042e-7),
      (100, 90, 0.02695738046435921477, 0.21694048090636637927),
      (250, 240, 0.02727836319367940046, 0.41213937708982929901),
      (1000, 990, 0.018965776430814612032, 0.65908042188085443953),
      (5000, 4900.5, 0.0022409306432119759777, 0.10141639006104770494),
      (10000, 9999, 0.0078736775061153611599, 0.98755625243448580783),
      (100000, 99500, 0.00038144239405902955216, 0.070906199355113304433),
      (100000, 99999.5, 0.0025157218586192017313, 0.99802142141886060777),
      (1_000_000, 990000, 5.4995431265267091859e-26, 5.4995431265267091859e-24),
      (1_000_000, 998000, 0.000055094424859434571139, 0.026810144766080868253),
      (1_000_000, 999000, 0.00028742137577686792424, 0.22330339029134409079),
      (1_000_000, 999999, 0.000796824472342922859, 0.99874758896459378204),
      (1_000_000, 970000, 1.477860263478484088e-203, 4.9262008782616136267e-202),
    ] as [(Int, Double, Double, Double)])
  func manyServers(servers: Int, load: Double, loss: Double, wait: Double) throws {
    let queue = try #require(MultiServerQueue(servers: servers, load: load))
    #expect(error(of: queue.lossProbability, from: loss) < 1e-13)
    #expect(error(of: queue.waitProbability, from: wait) < 1e-13)
  }

  @Test("probabilities below the least number are 0, and an unstable queue always waits")
  func ends() throws {
    #expect(MultiServerQueue(servers: 1000, load: 10)?.waitProbability == 0)
    #expect(MultiServerQueue(servers: 3, load: 0)?.waitProbability == 0)
    for load in [2, 2.5, 1e9] {
      let queue = try #require(MultiServerQueue(servers: 2, load: load))
      #expect(queue.waitProbability == 1 && queue.meanWait == .infinity && !queue.isStable)
      #expect(queue.response(quantile: 0.5) == .infinity && queue.probability(ofResponseAbove: 1e9) == 1)
    }
    #expect(MultiServerQueue(servers: 0, load: 0) == nil && MultiServerQueue(servers: 1, load: -1) == nil)
    #expect(
      MultiServerQueue(servers: 1, load: .nan) == nil
        && MultiServerQueue(servers: 1, load: 0, serviceTime: 0) == nil)
  }

  @Test("Erlang C falls with every server and grows with the load")
  func monotony() {
    for load in [0.3, 2.5, 17.25, 90] {
      var last = 1.0
      for servers in Int(load) + 1...Int(load) + 60 {
        let probability = MultiServerQueue(servers: servers, load: load)?.waitProbability ?? -1
        #expect(probability < last)
        #expect(probability < MultiServerQueue(servers: servers, load: load * 1.001)?.waitProbability ?? 0)
        last = probability
      }
    }
  }

  @Test("88.835 % of requests wait at most 20 s with 14 servers, 10 Erlangs and 180 s of service")
  func waitWithinTime() throws {
    let queue = try #require(MultiServerQueue(servers: 14, load: 10, serviceTime: 180))
    #expect(error(of: queue.probability(ofWaitUpTo: 20), from: 0.8883500191794669) < 1e-14)
    #expect(error(of: queue.wait(quantile: queue.probability(ofWaitUpTo: 20)), from: 20) < 1e-12)
    #expect(queue.wait(quantile: 0.5) == 0)
  }

  @Test("M/M/1 with λ = 1/4 and μ = 1/3 has L = 3, Lq = 9/4, W = 12 and Wq = 9")
  func singleServer() throws {
    let queue = try #require(MultiServerQueue(servers: 1, load: 0.75, serviceTime: 3))
    #expect(error(of: queue.meanRequests, from: 3) < 1e-14)
    #expect(error(of: queue.meanWaiting, from: 9.0 / 4) < 1e-14)
    #expect(error(of: queue.meanResponse, from: 12) < 1e-14)
    #expect(error(of: queue.meanWait, from: 9) < 1e-14)
  }

  /// Roots of the textbook formula, 40 digits by mpmath 1.3.
  @Test(
    "response percentiles agree with the distribution of M/M/c",
    arguments: [
      (1, 0.5, 0.95, 5.9914645471079802105), (2, 1, 0.95, 3.8164603051678283455),
      (2, 1.9, 0.99, 46.332619208551015024),
      (4, 3, 0.95, 4.1280998024176306969), (10, 9.5, 0.99, 10.208515979533792379),
      (16, 12, 0.999, 6.9737221103076131236),
      (3, 2.0000001, 0.5, 1.0874129606241549333),
    ] as [(Int, Double, Double, Double)])
  func responses(servers: Int, load: Double, fraction: Double, expected: Double) throws {
    let queue = try #require(MultiServerQueue(servers: servers, load: load))
    #expect(error(of: queue.response(quantile: fraction), from: expected) < 1e-12)
  }

  @Test("the mean response is the integral of its distribution, near saturation as well")
  func integral() throws {
    for (servers, load) in [(1, 0.2), (1, 0.99), (3, 2.0), (8, 7.9), (40, 39.5)] {
      let queue = try #require(MultiServerQueue(servers: servers, load: load))
      let step = queue.meanResponse / 400
      let sum = (0..<12_000).reduce(0) {
        $0 + queue.probability(ofResponseAbove: (Double($1) + 0.5) * step) * step
      }
      #expect(error(of: sum, from: queue.meanResponse) < 1e-4, "\(servers) servers, \(load) Erlangs")
    }
  }
}

@Suite struct StaffingTests {
  @Test("14, 58, 111 and 422 servers let at most one request in five wait at 10, 50, 100 and 400 Erlangs")
  func leastServers() {
    for (load, servers) in [(10.0, 14), (50, 58), (100, 111), (400, 422)] {
      let queue = MultiServerQueue.least(load: load, limit: 1000) { $0.waitProbability <= 0.2 }
      #expect(queue?.servers == servers)
      #expect(queue == MultiServerQueue(servers: servers, load: load))
    }
    #expect(MultiServerQueue.least(load: 10, limit: 13) { $0.waitProbability <= 0.2 } == nil)
    #expect(MultiServerQueue.least(load: 10, limit: 10) { _ in true } == nil)
  }

  /// Roots of the formula of Halfin and Whitt, 40 digits by mpmath 1.3.
  @Test(
    "the factor of the square-root rule is that of Halfin and Whitt",
    arguments: [
      (0.2, 1.06151627541871758), (0.01, 2.37488814753505047), (0.5, 0.506054468989180763),
      (0.9, 0.0828759626702638829),
    ])
  func factor(probability: Double, expected: Double) throws {
    let rule = try #require(SquareRootStaffing(waitProbability: probability))
    #expect(error(of: rule.factor, from: expected) < 1e-12)
  }

  @Test("the square-root rule is within one server of the exact number from 10 to 5000 Erlangs")
  func closeness() throws {
    let rule = try #require(SquareRootStaffing(waitProbability: 0.2))
    for load in [10.0, 37, 123, 400, 1111, 5000] {
      let exact =
        MultiServerQueue.least(load: load, limit: 10_000) { $0.waitProbability <= 0.2 }?.servers ?? 0
      #expect(abs(rule.servers(forLoad: load).rounded(.up) - Double(exact)) <= 1)
    }
    #expect(SquareRootStaffing(waitProbability: 0) == nil && SquareRootStaffing(waitProbability: 1) == nil)
  }
}
