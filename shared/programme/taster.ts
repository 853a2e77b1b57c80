import type { Programme } from './programme.ts';

/** One evening for people who wonder whether a group is for them: no clips, no breakouts, nothing personal asked. */
export const taster: Programme = {
  programmeId: 'taster',
  name: 'Taster session',
  sessions: 1,
  minutes: 50,
  maxFamilies: null,
  maxPeople: 20,
  latestEndMinutes: 10,
  childInView: 'never',
  homePlayFromWeek: null,
  agendas: [
    {
      session: 1,
      title: 'Come and see what the group is like',
      segments: [
        {
          key: 'welcome',
          title: 'Welcome',
          prompt: 'A first name is enough, and you can listen with your camera off the whole time.',
          kind: 'welcome',
          minutes: 5,
          where: 'main',
        },
        {
          key: 'what-it-is',
          title: 'What the group is about',
          prompt: 'How half an hour of play a week can bring you and your child closer.',
          kind: 'teach',
          minutes: 10,
          where: 'main',
        },
        {
          key: 'example',
          title: 'A short example, played by actors',
          prompt: 'Watch how the grown-up follows and the child leads.',
          kind: 'video-demo',
          minutes: 5,
          where: 'main',
        },
        {
          key: 'practical',
          title: 'Ten weeks: time, toys and places',
          prompt: 'What you would need at home, what it asks of you, and how a place is paid for.',
          kind: 'teach',
          minutes: 10,
          where: 'main',
        },
        {
          key: 'questions',
          title: 'Your questions',
          prompt: 'Ask whatever you wonder about; nobody will be called on.',
          kind: 'check-in',
          minutes: 15,
          where: 'main',
        },
        {
          key: 'next-step',
          title: 'What happens next',
          prompt: 'If you would like to hear more, tell us privately, today or another day.',
          kind: 'homework',
          minutes: 5,
          where: 'main',
        },
      ],
    },
  ],
};
