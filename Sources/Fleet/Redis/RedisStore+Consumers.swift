/// The names of queues in the consumer group, of which each process has its own.
extension RedisStore {
  static let consumerPrefix = "queue-"

  /// Removes the names of queues without jobs in hand that were silent for so long that they count as dead. One that is alive
  /// gets its name back with its next read.
  ///
  /// It is a script, because Redis forgets the jobs that a removed consumer has in hand: none may get any between the look
  /// and the removal.
  private static let removal = """
    for _, entry in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
      local consumer = {}
      for place = 1, #entry, 2 do consumer[entry[place]] = entry[place + 1] end
      local isQueue = string.sub(consumer.name, 1, #ARGV[2]) == ARGV[2]
      if isQueue and consumer.pending == 0 and consumer.idle > tonumber(ARGV[3]) then
        redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], consumer.name)
      end
    end
    return 1
    """

  /// Lets Redis remove the names of dead queues. If it does not allow scripts, they stay.
  func removeDeadConsumers() {
    send(
      [
        "EVAL", Self.removal, "1", address.key, Self.group, Self.consumerPrefix, "\(claimAge / 1_000_000)",
      ], .removal)
  }

  /// Removes the name of this queue, unless it has jobs in hand.
  func removeConsumer() {
    guard known.isEmpty, !isReading else { return }
    send(["XGROUP", "DELCONSUMER", address.key, Self.group, consumer], .other)
  }
}
