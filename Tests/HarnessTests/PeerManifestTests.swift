import Formatting
import Records
import Testing

@testable import Harness

extension WorkshopTests {
  struct PeerManifestTests {
    private let describes =
      #"{"schema":"scaleup.model/1","model":"a","summary":"s","version":"1","maximumWorkers":1,"workloads":[]}"#

    private func manifest(
      schema: String = "scaleup.peer/1", build: String = "", run: String = #"["{source}/program"]"#,
      describes: String? = nil
    ) -> String {
      #"{"schema":"\#(schema)","tools":[],"install":"i",\#(build)"run":\#(run),"#
        + #""describes":\#(describes ?? self.describes)}"#
    }

    /// Returns the problem of a manifest, beside a peer that works all the same.
    private func problem(_ manifest: String) throws -> String? {
      var problem: String?
      try withPeerWorkshop { workshop in
        try workshop.peer("x", manifest: manifest)
        try workshop.peer("y", tools: [])
        try workshop.script("\(workshop.sources)/x/program", "true")
        let (catalog, built) = try workshop.find()
        #expect(built == [] && catalog.absences == [] && catalog.problems.count <= 1)
        #expect(catalog.models.map(\.description.model) == (catalog.problems.isEmpty ? ["a", "y"] : ["y"]))
        problem = catalog.problems.first
        if let problem { #expect(Readable.line(problem, limit: .max) == problem && problem.count < 500) }
      }
      return problem
    }

    @Test("a valid manifest makes a peer")
    func right() throws {
      #expect(try problem(manifest()) == nil)
      #expect(try problem(manifest().replacing("\"tools\"", with: "\"more\":[{}],\"tools\"")) == nil)
    }

    @Test(
      "an unreadable manifest is named, with the reason",
      arguments: [
        ("", "is empty"), (" \n", "is empty"), ("{", "is truncated or not JSON"),
        ("rubbish", "is truncated or not JSON"),
        ("[]", "has an unexpected value"), ("{}", "lacks 'schema'"),
        ("\u{0}", "is truncated or not JSON"),
        (String(repeating: "[", count: 60_000), ""), (String(repeating: "{\"a\":", count: 10_000), ""),
      ])
    func malformed(text: String, reason: String) throws {
      #expect(try problem(text)?.hasPrefix("x/peer.json \(reason)") == true)
    }

    @Test(
      "a manifest of another version or kind is named, with its schema",
      arguments: ["scaleup.peer/2", "scaleup.model/1"])
    func schema(schema: String) throws {
      #expect(try problem(manifest(schema: schema))?.contains(schema) == true)
    }

    @Test("a manifest that is too large is not read")
    func tooLarge() throws {
      let padding = String(repeating: " ", count: 1 << 16)
      let problem = try #require(try problem(padding + manifest()))
      #expect(problem.hasPrefix("x/peer.json "))
    }

    @Test(
      "a model name that does not fit a table or a path is refused",
      arguments: [
        "", "..", "a/b", "A", "ä", "-a", "a b", "a.b", "a\\u0000", "\\u001b[31m", "=a",
        String(repeating: "a", count: 33),
      ])
    func name(name: String) throws {
      let problem = try problem(manifest(describes: describes.replacing("\"a\"", with: "\"\(name)\"")))
      #expect(problem?.hasPrefix("x/peer.json has the invalid model name '") == true)
      #expect(
        problem?.hasSuffix("(expected a name of up to 32 lower-case letters, digits and hyphens)") == true)
    }

    @Test("a model name has up to 32 letters, digits and dashes")
    func names() {
      for name in ["a", "9", "a-", String(repeating: "a", count: 32), "bare-taskgroup"] {
        #expect(PeerCatalog.isName(name))
      }
    }

    @Test("a command without words, or with an empty first word, is refused")
    func emptyCommand() throws {
      #expect(try problem(manifest(run: "[]")) == "x/peer.json has an empty command")
      #expect(try problem(manifest(build: #""build":[],"#)) == "x/peer.json has an empty command")
      #expect(try problem(manifest(run: #"["","a"]"#)) == "x/peer.json has an empty command")
      #expect(try problem(manifest(build: #""build":[""],"#)) == "x/peer.json has an empty command")
    }

    @Test("a command must lead to an executable file")
    func otherKinds() throws {
      #expect(
        try problem(manifest(run: #"["{source}"]"#)) == "cannot run a: no executable file at {source}")
      #expect(
        try problem(manifest(run: #"["{source}/none"]"#))
          == "cannot run a: no executable file at {source}/none")
    }
  }
}
