import Records

extension Folder {
  /// Writes scripts that stand in for models that serve: they say that they are ready, and wait for SIGTERM.
  ///
  /// - Parameters:
  ///   - servers: The name, the most workers, and what the script does; `serve NAME` serves under a name.
  ///   - port: The port that they name, in which `$workers` is the number of workers.
  func installServers(
    _ servers: [(model: String, most: Int, body: String)], port: String = "4711"
  ) throws {
    for (model, most, body) in servers {
      let description = ModelDescription(
        model: model, summary: "a server", version: "1", maximumWorkers: most, serves: true,
        workloads: [.init(name: "sum", summary: "add", extent: .numbers)])
      try write(
        """
        #!/bin/sh
        serve() {
          echo $$ >"$0.pid"
          trap 'exit 0' TERM
          echo '{"schema":"scaleup.service/1","version":"1","model":"'$1'","workers":'$workers',"address":"127.0.0.1","port":'\(port)',"process":1}'
          sleep 1000 & wait
        }
        if [ "$1" = --describe ]; then echo '\(description.jsonText)'; exit; fi
        workers=$5
        \(body)

        """, to: "scaleup-\(model)", isExecutable: true)
    }
  }
}
