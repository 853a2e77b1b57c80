/**
 * The group's agreement, in words of our own. Its version belongs to the words: whoever changes their meaning raises
 * the version on the server, and everybody is asked again.
 */
export const agreementText: { title: string; text: string }[] = [
  {
    title: 'What is said here stays here',
    text: 'Take with you what you learn. Don’t tell anybody who was here or what they said.',
  },
  {
    title: 'Nobody records',
    text: 'No recording, no screenshots, no filming of the screen, by anyone. Kinroom can’t prevent it, so we promise it to each other.',
  },
  {
    title: 'A private place',
    text: 'Sit where nobody else can see or hear the group. Headphones help. If somebody comes in, switch off and say so.',
  },
  {
    title: 'Other people’s children',
    text: 'When a family shares a clip, its file stays on their device and the group watches live. What you see of a child is for this group only.',
  },
  {
    title: 'When we are worried',
    text: 'If somebody may be in danger, your facilitators have to act and may need to tell others. They talk with you first wherever they can.',
  },
  {
    title: 'You decide how much',
    text: 'You may pass, be quiet, switch your camera off or leave at any time, without giving a reason.',
  },
];
