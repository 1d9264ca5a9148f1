import Foundation
import Records
import Testing

@testable import Harness

extension WorkshopTests {
  struct PeerBuilderTests {
    @Test("directories without a manifest are not peers")
    func nothing() throws {
      try withPeerWorkshop { workshop in
        #expect(try workshop.find().0 == PeerCatalog())
        try FileManager.default.createDirectory(
          atPath: "\(workshop.sources)/empty/peer.json", withIntermediateDirectories: true)
        try write("a file".utf8, to: "\(workshop.sources)/README.md")
        #expect(try workshop.find().0 == PeerCatalog())
      }
    }

    @Test("a peer with missing tools is named with how to install them, and the others continue")
    func absence() throws {
      try withPeerWorkshop { workshop in
        try workshop.tool("compile", "true")
        try workshop.peer("a", tools: ["compile", "link", "run"], build: ["compile"])
        try workshop.peer("b")
        try workshop.peer("c", tools: ["mix"])
        let (catalog, built) = try workshop.find()
        #expect(
          catalog.absences == [
            "a is left out: link and run are not on the PATH; install them (from the shop)",
            "c is left out: mix is not on the PATH; install it (from the shop)",
          ])
        #expect(catalog.models.map(\.description.model) == ["b"])
        #expect(catalog.problems == [] && built == [])
      }
    }

    @Test("a tool without execute permission counts as missing")
    func toolWithoutPermission() throws {
      try withPeerWorkshop { workshop in
        try write("#!/bin/sh\n".utf8, to: "\(workshop.tools)/compile")
        try workshop.peer("a", build: ["compile"])
        let (catalog, _) = try workshop.find()
        #expect(catalog.absences.count == 1 && catalog.models.isEmpty)
      }
    }

    @Test("placeholders are filled in every word of the commands, whatever the directory names")
    func placeholders() throws {
      try withPeerWorkshop { workshop in
        try workshop.tool("compile", #"for word in "$@"; do echo "$word"; done >"$(dirname "$2")/words""#)
        try workshop.peer(
          "a", build: ["compile", "-I{source}/x:{build}/y", "{build}/out", "", "a b", "{other}"],
          run: ["compile", "{source}/main", "-{build}-{build}"])
        let (catalog, built) = try workshop.find()
        #expect(catalog.problems == [] && built == ["a"])
        let (source, build) = ("\(workshop.sources)/a", "\(workshop.build)/a")
        #expect(workshop.text("\(build)/words") == "-I\(source)/x:\(build)/y\n\(build)/out\n\na b\n{other}\n")
        let model = try #require(catalog.models.first)
        #expect(model.path == "\(workshop.tools)/compile")
        #expect(model.leadingArguments == ["\(source)/main", "-\(build)-\(build)"])
        #expect(model.isPeer && model.name == "a" && model.description.maximumWorkers == 8)
      }
    }

    @Test("a peer is built once, and again if one of its files is newer than the build")
    func outdated() throws {
      try withPeerWorkshop { workshop in
        try workshop.tool("compile", "true")
        try workshop.peer("a", build: ["compile"])
        try workshop.peer("b", build: ["compile"])
        for file in ["a/program", "a/peer.json", "b/program", "b/peer.json"] {
          try workshop.touch("\(workshop.sources)/\(file)", -100)
        }
        #expect(try workshop.find().built == ["a", "b"])
        #expect(try workshop.find().built == [])
        for file in ["program", "peer.json"] {
          try workshop.touch("\(workshop.sources)/b/\(file)", 100)
          #expect(try workshop.find().built == ["b"])
          try workshop.touch("\(workshop.sources)/b/\(file)", -100)
          #expect(try workshop.find().built == [])
          // In 2264, which has no place in 64 bits of nanoseconds.
          try workshop.touch("\(workshop.sources)/b/\(file)", 7_500_000_000)
          #expect(try workshop.find().built == ["b"])
          try workshop.touch("\(workshop.sources)/b/\(file)", -100)
        }
        try FileManager.default.removeItem(atPath: "\(workshop.build)/a")
        #expect(try workshop.find().built == ["a"])
      }
    }

    @Test("a failed build is tried again the next time")
    func failedBuild() throws {
      try withPeerWorkshop { workshop in
        try workshop.tool("compile", "echo one >&2; echo 'two: no luck' >&2; echo >&2; exit 3")
        try workshop.peer("a", build: ["compile"])
        for _ in 0..<2 {
          let (catalog, built) = try workshop.find()
          #expect(catalog.problems == ["cannot build a: compile exited with status 3: two: no luck"])
          #expect(catalog.models.isEmpty && built == ["a"])
        }
        try workshop.tool("compile", "true")
        #expect(try workshop.find().0.problems == [])
      }
    }

    @Test(
      "a build that hangs or prints too much is ended",
      arguments: [
        ("sleep 1000 & wait", 300_000_000, "compile did not end within 300.0 ms and was killed"),
        ("exec yes", 60_000_000_000, "compile printed more than 1048576 bytes and was killed"),
        ("kill -9 $$", 60_000_000_000, "compile was killed by SIGKILL"),
      ] as [(String, UInt64, String)])
    func brokenBuild(script: String, timeout: UInt64, reason: String) throws {
      try withPeerWorkshop { workshop in
        try workshop.tool("compile", script)
        try workshop.peer("a", build: ["compile"])
        try workshop.peer("b")
        let (catalog, _) = try workshop.find(timeout: timeout)
        let problem = try #require(catalog.problems.first)
        #expect(problem.hasPrefix("cannot build a: \(reason)") && catalog.problems.count == 1)
        #expect(catalog.models.map(\.description.model) == ["b"])
      }
    }

    @Test("a program that was not built or does not exist is named")
    func noProgram() throws {
      try withPeerWorkshop { workshop in
        try workshop.tool("compile", "true")
        try workshop.peer("a", build: ["compile"], run: ["{build}/out"])
        try workshop.peer("b", run: ["interpreter", "{source}/main"])
        try workshop.peer("c", build: ["linker"])
        #expect(
          try workshop.find().0.problems == [
            "cannot run a: no executable file at {build}/out",
            "cannot run b: no executable file at interpreter",
            "cannot build c: linker is not on the PATH",
          ])
      }
    }

    @Test("a peer without a usable build directory is named, and the others continue")
    func noBuildFolder() throws {
      try withPeerWorkshop { workshop in
        try workshop.tool("compile", "true")
        try workshop.peer("a", build: ["compile"])
        try workshop.peer("b")
        try write("a file".utf8, to: "\(workshop.build)/a")
        let (catalog, _) = try workshop.find()
        #expect(catalog.problems.count == 1)
        #expect(catalog.problems.first?.hasPrefix("cannot build a: cannot create directory ") == true)
        #expect(catalog.models.map(\.description.model) == ["b"])
      }
    }

    @Test("only the requested peers are built and named")
    func named() throws {
      try withPeerWorkshop { workshop in
        try workshop.tool("compile", "true")
        for name in ["a", "b", "c"] { try workshop.peer(name, model: "the-\(name)", build: ["compile"]) }
        try workshop.peer("d", tools: ["nobody-has-this"])
        let (catalog, built) = try workshop.find(named: ["the-b", "single"])
        #expect(catalog.models.map(\.description.model) == ["the-b"] && built == ["the-b"])
        #expect(catalog.absences == [] && catalog.problems == [])
      }
    }
  }
}
