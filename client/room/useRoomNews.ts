import { useEffect, useEffectEvent, useRef } from 'react';

import { agendaNow } from '../agenda/agendaNow.ts';
import { segmentAnnouncement } from '../agenda/announcement.ts';
import type { RoomView } from '../live/screens.ts';
import { useAnnounce } from '../ui/Announcer.tsx';

import { heardOf, newsBetween } from './news.ts';

/** Comings and goings within this many seconds are told in one sentence (DESIGN: Announcements). */
const batch = 5;
/** A segment this short is not worth a warning, minutes. */
const short = 3;

/** Tells screen readers what happens in the room: segments, two minutes left, people, one's own connection. */
export function useRoomNews(room: RoomView, timeZone: string, now: () => number): void {
  const announce = useAnnounce();
  const told = useRef({
    heard: heardOf(room),
    segmentId: undefined as string | undefined,
    warned: undefined as string | undefined,
    seconds: 0,
  });

  const tick = useEffectEvent(() => {
    const last = told.current;
    last.seconds += 1;
    const heard = heardOf(room);
    if (heard.lost !== last.heard.lost || last.seconds % batch === 0) {
      for (const { text, urgency } of newsBetween(last.heard, heard)) announce(text, urgency);
      last.heard = heard;
    }
    const segmentId = room.session.agenda.current?.segmentId;
    if (segmentId !== last.segmentId) {
      last.segmentId = segmentId;
      const text = segmentAnnouncement(room.session, now(), timeZone);
      if (text !== null) announce(text);
    }
    const { running } = agendaNow(room.session, now());
    if (running === null || running.paused || running.segment.given <= short) return;
    const left = running.endsAt - now();
    if (left > 0 && left <= 120_000 && last.warned !== segmentId) {
      last.warned = segmentId;
      announce(`Two minutes left in ${running.segment.title}.`);
    }
  });

  useEffect(() => {
    tick();
    const timer = window.setInterval(() => tick(), 1000);
    return () => window.clearInterval(timer);
  }, []);
}
