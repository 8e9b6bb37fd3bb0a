using SparseProp.Service.Hosting.Logging;

namespace SparseProp.Service.Hosting;

/// <summary>Akka settings that have no typed option, each with its reason.</summary>
internal static class NodeSettings
{
    /// <summary>For every node.</summary>
    public const string Common = """
        akka {
          stdout-loglevel = OFF
          log-serializer-override-on-start = off
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          actor {
            # A type that is bound to no serializer is an error, not a ride on JSON.
            serialization-settings.allow-unregistered-types = false
          }
          remote {
            log-frame-size-exceeding = 64000b
            # Akka takes quotation marks for part of a name with a blank in it.
            adapters.frame-guard = "SparseProp.Cluster.Remoting.FrameGuard,SparseProp.Cluster"
            # Reports are bounded far below this. Akka drops larger messages with no word to their sender.
            dot-netty.tcp {
              maximum-frame-size = 512000b
              applied-adapters = [frame-guard]
              send-buffer-size = 1024000b
              receive-buffer-size = 1024000b
              # Reuse would let a second node listen at the same port, and take every other connection from the first.
              tcp-reuse-addr = off
            }
          }
          cluster {
            seed-node-timeout = 3s
            retry-unsuccessful-join-after = 3s
            # Room for a blocking collection on a busy machine.
            failure-detector.acceptable-heartbeat-pause = 6s
            # Counts attempts, not the seconds it speaks of.
            singleton-proxy.log-singleton-identification-failure = off
            downing-provider-class = "SparseProp.Cluster.Membership.StoreLockDowning, SparseProp.Cluster"
          }
          coordinated-shutdown {
            exit-clr = off
            # Signals are the process's, which ends the node itself.
            run-by-clr-shutdown-hook = off
          }
        }
        sparseprop.cluster {
          # How long members must have been out of reach, with nothing else changing, before something is done about it.
          stable-after = 15s
          # How long a worker goes on in a cluster without a coordinator before it leaves and joins again.
          no-coordinator-after = 60s
        }
        """;

    /// <summary>For nodes that speak TLS.</summary>
    public const string Secure = """
        # Of some connections DotNetty keeps to itself what comes while the handshake ends, which is the greeting, until more comes: the next
        # heartbeat. Every connection sends them; the usual 4 s are what a node's joining waited.
        akka.remote.transport-failure-detector.heartbeat-interval = 1s
        """;

    /// <summary>Where goes what is said before the loggers start and after they stop. Standard output is for results.</summary>
    public static string LoggingOf(LogFormat format)
    {
        var logger = format == LogFormat.Json ? typeof(JsonStandardErrorLogger) : typeof(StandardErrorLogger);
        return $"""
            akka.stdout-logger-class = "{logger.FullName}, {logger.Assembly.GetName().Name}"
            """;
    }

    /// <summary>
    /// For nodes that share a process. They live and end together, whatever becomes of the network and however long the process gets no
    /// time: none ever gives up another, so nobody needs heartbeats, which would only complain of a busy machine.
    /// </summary>
    public const string InProcess = """
        akka {
          remote {
            enabled-transports = ["akka.remote.in-process"]
            in-process {
              transport-class = "SparseProp.Cluster.Remoting.InProcessTransport, SparseProp.Cluster"
              # As for the transport between machines.
              maximum-frame-size = 512000b
            }
            log-remote-lifecycle-events = off
            # A process that was stopped for some time has its handshakes before it.
            handshake-timeout = 1d
            transport-failure-detector {
              heartbeat-interval = 1h
              acceptable-heartbeat-pause = 100d
            }
            watch-failure-detector.acceptable-heartbeat-pause = 100d
          }
          cluster {
            failure-detector {
              heartbeat-interval = 1h
              acceptable-heartbeat-pause = 100d
            }
            downing-provider-class = ""
          }
        }
        """;

    /// <summary>For nodes that nothing lies between: they need not wait to be sure of anything.</summary>
    public const string Embedded = """
        akka {
          cluster {
            periodic-tasks-initial-delay = 10ms
            gossip-interval = 50ms
            leader-actions-interval = 50ms
            singleton-proxy.singleton-identification-interval = 50ms
          }
          coordinated-shutdown.run-by-actor-system-terminate = off
        }
        """;
}
