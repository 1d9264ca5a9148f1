import TestSupport
import Testing

@testable import Records

struct CommandWorkTests {
  @Test(
    "absolute paths are shortened to their last component, and everything else is kept",
    arguments: [
      ("zstd -T{workers} -f -k big", "zstd -T{workers} -f -k big"),
      ("/usr/bin/zstd -o /dev/null", "zstd -o null"),
      ("./a ../b/c src/d", "./a ../b/c src/d"),
      ("make --directory=/home/me/x -C/y/z", "make --directory=x z"),
      ("~/bin/run -I/usr/include a:/b/c,/d/e", "run include a:c,e"),
      ("sh -c '/a b/c >/d/e; f'", "sh -c 'a b/c >e; f'"),
      (#"/a\ b/c "/x/y" w"#, #"c "y" w"#), ("run /data/{workers}/in", "run in"), ("file:///a/b", "file:b"),
      ("a 1/2 b/", "a 1/2 b/"), ("", ""), ("ls /", "ls /"), ("-j4 --x", "-j4 --x"),
    ])
  func paths(line: String, saved: String) {
    #expect(withoutAbsolutePaths(line) == saved)
  }

  @Test("no random command line keeps an absolute path, and doing it twice changes nothing")
  func property() {
    var generator = SplitMix64(seed: 3)
    let parts = [
      "/", "/usr", "a", " ", "=", "\"", "'", "-o", ":", "é\u{301}", "/x/", "~", ";", "{workers}",
    ]
    for _ in 0..<5000 {
      let line = (0..<Int.random(in: 0...10, using: &generator)).map { _ in
        parts.randomElement(using: &generator) ?? ""
      }.joined()
      let saved = withoutAbsolutePaths(line)
      #expect(
        !saved.split(separator: " ").contains { $0.hasPrefix("/usr") || $0.hasPrefix("/x/") }, "\(line)")
      #expect(withoutAbsolutePaths(saved) == saved, "\(line)")
    }
  }
}
