/** Words of Walk that the frame and its commands use. */

export const enWalkFrame = {
  commands: {
    next: 'Walk: next step',
    back: 'Walk: step back',
    into: 'Walk: into the step',
    out: 'Walk: out of the step',
    break: 'Walk: breakpoint here',
    continue: 'Walk: on to the breakpoint',
    compare: 'Walk: compare two entities',
    stop: 'Walk: where it stopped',
  },
  openSays: 'Walk through the pipe that made it',
  maker: (property: string) => `Which step made ${property}?`,
  noMaker: 'No pipe of this project made it.',
}
