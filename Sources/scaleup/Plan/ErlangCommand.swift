import Arguments
import Formatting
import Platform
import Queueing

/// `scaleup plan --erlang-c C,A`: the probability that a request waits.
struct ErlangQuestion: Equatable {
  let servers: Int
  let load: Double

  /// The most servers for which the probability has 12 correct digits.
  private static let mostServers = 1_000_000

  static let option = Option<ErlangQuestion>(
    "erlang-c", "C,A",
    Reader(
      expected: "servers from 1 to \(mostServers) and a load of at least 0 Erlangs", example: "14,10",
      parse: { ErlangQuestion($0) }),
    help: "print the probability that a request waits for one of C servers at a load of A Erlangs")

  /// Reads servers and load such as `14,10`; `nil` for any other text.
  private init?(_ text: String) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let servers = Int(parts[0]), 1...Self.mostServers ~= servers,
      parts[0].utf8.allSatisfy({ 48...57 ~= $0 }), let load = planNumber(parts[1])
    else { return nil }
    (self.servers, self.load) = (servers, load)
  }

  /// Returns the probability with 12 decimals, on one line.
  ///
  /// - Throws: `UsageError` if the queue grows without end.
  func output() throws(UsageError) -> ProgramOutput {
    guard let queue = MultiServerQueue(servers: servers, load: load), queue.isStable else {
      throw .other(
        "--erlang-c \(servers),\(Readable.plain(load)): the queue is unstable and every request waits, with probability 1 "
          + "(expected a load below \(Readable.count(servers, "server")))")
    }
    return ProgramOutput(output: Readable.fixed(queue.waitProbability, decimals: 12) + "\n")
  }
}
