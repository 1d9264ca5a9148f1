import Analysis
import Records
import Testing

@testable import Report

struct ServiceReportTests {
  @Test("a page of services shows their times and no speedup, efficiency or losses")
  func page() throws {
    let page = htmlReport(of: [(syntheticServiceRun, "{}")])
    _ = try parseXML(page)
    #expect(page.contains("CPU time per request of every trial: serve /api/1e6"))
    for absent in ["Speedup", "Where the core time went", "speedup over single"] {
      #expect(!page.contains("<h2>\(absent)"), "\(absent)")
    }
    #expect(page.contains("<th scope=\"col\">CPU/request</th>"))
  }

  @Test("a run whose servers were all limited by the generator ranks none, and says so")
  func unranked() {
    var run = syntheticServiceRun
    run.plan.configurations = [run.plan.configurations[3]]
    run.trials = run.trials.filter { $0.configuration == 3 }.map { trial in
      var trial = trial
      trial.configuration = 0
      return trial
    }
    let text = runDetails(of: run)
    #expect(text.contains("The load generator limited serve, so no server is ranked"))
    #expect(text.contains("offer a lower rate with --rate"))
    #expect(text.contains("it could not send more, so the row is not ranked"))
  }

  @Test("a comparison calls the time of services CPU time per request")
  func comparison() {
    let run = syntheticServiceRun
    let comparison = ComparisonRecord([[run], [run]], [.init(run, name: "A"), .init(run, name: "B")])
    let text = comparisonText(of: comparison, hasDetails: false)
    #expect(text.contains("CPU/request") && !text.contains(" time "))
  }

  @Test("the columns of servers are in a CSV only if a run has services")
  func csv() {
    let both = csvReport(of: [syntheticRun, syntheticServiceRun])
    #expect(
      both.contains(",cpuTimePerRequest_ns,")
        && both.contains(",sharesCPUs,sent,failed,unanswered,loadGenerator,failure\r\n"))
    #expect(!csvReport(of: [syntheticRun]).contains("cpuTimePerRequest"))
    let counts = both.split(separator: "\r\n").filter { !$0.contains("\"") }.map { $0.count { $0 == "," } }
    #expect(Set(counts).count == 1)
  }
}
