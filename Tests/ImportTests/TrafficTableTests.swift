import TestSupport
import Testing

@testable import Import

@Suite struct TrafficTableTests {
  @Test("a table has its interval and its rates, in any order of the columns")
  func table() throws {
    let table = try TrafficTable("rate,time\n10,0\n20.5,60\n0,120\n")
    #expect(table.interval == 60 && table.rates == [10, 20.5, 0])
    #expect(try TrafficTable("Time,Rate,note\r\n0.0,1,a\r\n0.1,2,b\r\n0.2,3,c\r\n").rates == [1, 2, 3])
  }

  @Test(
    "a table that is no traffic is refused with its line and a remedy",
    arguments: [
      ("", "is empty"), ("time,requests\n0,1\n", "no columns 'time' and 'rate'"),
      ("time,rate\n0,1\n", "has 1 row"),
      ("time,rate\n0,1\n60,-2\n", "line 3: invalid rate: '-2'"),
      ("time,rate\n0,1\n60,nan\n", "line 3: invalid rate: 'nan'"),
      ("time,rate\n0,1\nsoon,2\n", "line 3: invalid time: 'soon'"),
      ("time,rate\n0,1\n60,1e10\n", "line 3: invalid rate"),
      ("time,rate\n60,1\n60,2\n", "line 3: time 60 does not follow 60"),
      ("time,rate\n60,1\n0,2\n", "(sort the rows by time)"),
      ("time,rate\n0,1\n60,2\n180,3\n", "line 4: a gap from 60 to 180 s"),
      ("time,rate\n0,1,2\n", "line 2: 3 fields instead of 2"),
      ("time,rate\n0,\"1\n", "unclosed quote"),
    ])
  func refused(text: String, reason: String) {
    do throws(TrafficError) {
      _ = try TrafficTable(text)
      Issue.record("\(text) was accepted")
    } catch {
      #expect(error.description.contains(reason), "\(error)")
    }
  }

  @Test("a million rows are read, and one more is refused")
  func manyRows() throws {
    let rows = (0..<TrafficTable.mostRows).map { "\($0),5\n" }.joined()
    #expect(try TrafficTable("time,rate\n" + rows).rates.count == TrafficTable.mostRows)
    #expect(throws: TrafficError.self) { try TrafficTable("time,rate\n" + rows + "1000000,5\n") }
  }

  @Test("whatever the text, reading ends with a table or a reason")
  func fuzz() {
    var fuzz = Fuzz(["time,rate\n0,10\n60,20\n120,5\n", "rate,time\r\n1,0.5\r\n2,1\r\n"], seed: 20)
    let accepted = fuzz.run(2000) { text in
      do throws(TrafficError) {
        let table = try TrafficTable(text)
        #expect(
          table.interval > 0 && table.rates.count >= 2 && table.rates.allSatisfy { $0 >= 0 && $0.isFinite })
        return true
      } catch {
        #expect(!error.description.contains("\n"))
        return false
      }
    }
    #expect(accepted > 10)
  }
}
