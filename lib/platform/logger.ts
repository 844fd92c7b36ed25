import pino, { type Logger as PinoLogger } from 'pino'

export type Logger = PinoLogger

/**
 * The only writer of log lines: JSON, one event per line, named by `event`. No signatures, IP addresses or
 * bodies at info level.
 */
export function createLogger(options: { level: string; name: string }): Logger {
  return pino({
    level: options.level,
    base: { name: options.name },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['*.privateKey', '*.sig', '*.signature'],
  })
}
