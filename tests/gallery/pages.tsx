import type { Invitation } from '#shared/api.ts';

import { ElsewherePage } from '../../client/join/ElsewherePage.tsx';
import { EndedPage } from '../../client/join/EndedPage.tsx';
import { InAppBrowserPage } from '../../client/join/InAppBrowserPage.tsx';
import { JoinPage } from '../../client/join/JoinPage.tsx';
import { LeftPage } from '../../client/join/LeftPage.tsx';
import { OpeningPage } from '../../client/join/OpeningPage.tsx';
import { OtherDevicePage } from '../../client/join/OtherDevicePage.tsx';
import { OtherTabPage } from '../../client/join/OtherTabPage.tsx';
import { RefusedPage } from '../../client/join/RefusedPage.tsx';
import { UnsupportedPage } from '../../client/join/UnsupportedPage.tsx';
import { WaitingPage } from '../../client/join/WaitingPage.tsx';
import type { Actions, Preview, Waiting } from '../../client/live/screens.ts';

import { familyInvitation, preview, staffInvitation, tasterInvitation } from './samples.ts';
import type { Sample } from './sample.ts';

const link = 'https://rooms.example.org/join#sample';
const actions = (at: { actions: Actions }) => at.actions;

function join(
  invitation: Invitation,
  more: { preview?: Preview | null; problem?: string; busy?: boolean } = {},
): Sample {
  return {
    at: -12,
    show: (given) => (
      <JoinPage
        invitation={invitation}
        preview={more.preview === undefined ? preview({}, invitation.name ?? 'Priya') : more.preview}
        actions={actions(given).preview}
        busy={more.busy ?? false}
        problem={more.problem ?? null}
        onJoin={(choice) => given.actions.join(choice)}
        now={() => given.actions.now()}
      />
    ),
  };
}

function waiting(stage: Waiting['stage'], connection: Waiting['connection'] = 'connected'): Sample {
  return {
    at: -5,
    show: (given) => (
      <WaitingPage
        invitation={familyInvitation()}
        waiting={{ stage, connection }}
        preview={preview()}
        actions={given.actions.preview}
        onLeave={() => given.actions.leave()}
      />
    ),
  };
}

const still = (show: Sample['show']): Sample => ({ at: 0, show });
const toCheck = ['Try camera and sound'];
const toForm = ['Try camera and sound', 'Go on'];

/** Every page outside the room. `press`: what is pressed before the picture is taken; `narrow`: pressed on a phone only. */
export const pages: Record<string, Sample> = {
  opening: still(() => <OpeningPage />),
  'join-family': join(familyInvitation()),
  'join-step-check': { ...join(familyInvitation()), pressNarrow: toCheck },
  'join-step-form': { ...join(familyInvitation()), pressNarrow: toForm },
  'join-early': { ...join(familyInvitation()), pressNarrow: toForm, press: ['Join the group'] },
  'join-returning': { ...join(familyInvitation({ agreement: { version: 1, accepted: true } })), pressNarrow: toForm },
  'join-agreement': { ...join(familyInvitation()), pressNarrow: toForm, press: ['Read the agreement'] },
  'join-devices': { ...join(familyInvitation()), pressNarrow: toCheck, press: ['Devices'] },
  'join-abroad': join(familyInvitation({ timeZone: 'America/New_York' })),
  'join-late': { ...join(familyInvitation({ phase: 'running' })), at: 9 },
  'join-problem': {
    ...join(familyInvitation(), { problem: 'We could not reach the server. Nothing was lost. Try again in a moment.' }),
    pressNarrow: toForm,
  },
  'join-busy': { ...join(familyInvitation(), { busy: true }), pressNarrow: toForm },
  'join-taster': { ...join(tasterInvitation(null)), pressNarrow: toForm },
  'join-staff': { ...join(staffInvitation()), pressNarrow: toCheck },
  'join-starting': { ...join(familyInvitation(), { preview: null }), pressNarrow: toCheck },
  'join-blocked': {
    ...join(familyInvitation(), { preview: preview({ camera: 'blocked', microphone: 'blocked', stream: null }) }),
    pressNarrow: toCheck,
  },
  'join-sound-only': {
    ...join(familyInvitation(), { preview: preview({ camera: 'missing', stream: null }) }),
    pressNarrow: toCheck,
    press: ['Go on with sound only'],
  },
  'in-app': still(() => <InAppBrowserPage app="Facebook" link={link} />),
  unsupported: still(() => <UnsupportedPage link={link} />),
  refused: still(() => (
    <RefusedPage code="linkExpired" say="This link has run out. Ask the person who sent it for a new one." />
  )),
  'refused-later': still(() => (
    <RefusedPage code="broken" say="Something went wrong on our side. Nothing was lost. Try again in a moment." />
  )),
  'other-tab': still((given) => <OtherTabPage onUseThisTab={() => given.actions.useThisTab()} />),
  'other-device': still((given) => <OtherDevicePage onUseThisDevice={() => given.actions.useThisDevice()} />),
  elsewhere: still((given) => (
    <ElsewherePage invitation={familyInvitation()} onUseThisDevice={() => given.actions.useThisDevice()} />
  )),
  'waiting-opening': waiting('opening'),
  'waiting-door': waiting('door'),
  'waiting-entering': waiting('entering'),
  'waiting-reconnecting': waiting('door', 'reconnecting'),
  left: still((given) => <LeftPage invitation={familyInvitation()} onComeBack={() => given.actions.comeBack()} />),
  ended: still(() => <EndedPage invitation={familyInvitation()} />),
  'ended-taster': still(() => <EndedPage invitation={tasterInvitation('Amina')} />),
  'ended-staff': still(() => <EndedPage invitation={staffInvitation()} />),
};
