import Platform
import Testing

@testable import scaleup

/// The explanations of the lessons about shared state, tasks and cores, for measurements of every kind.
struct ConcurrencyLessonTests {
  @Test("a task per item is said to be slower than a loop only if it was")
  func perItem() {
    func text(_ times: [Double], cpuTimes: [Double] = [30, 900, 35, 33]) -> String {
      let text = TaskPerItem.explanation(.init(times: times, cpuTimes: cpuTimes, cpus: 2))
      expectScreen(text)
      return text
    }
    let usual = text([30, 600, 16, 15])
    #expect(usual.contains("870 ns of CPU time beyond the item itself, which takes 30 ns"), "\(usual)")
    #expect(
      usual.contains("the tasks were 20.0× as slow as a plain loop") && usual.contains("about 87.00 µs"))
    #expect(usual.contains("Tasks of 1000 items each took about as long as one"))
    #expect(text([30, 25, 20, 15]).contains("most of the gain over a plain loop was lost"))
    #expect(text([30, 25, 20, 15]).contains("Tasks of 1000 items each took 1.33×"))
    #expect(text([30, 16, 15, 15]).contains("cost hardly more than a task per worker"))
  }
}
