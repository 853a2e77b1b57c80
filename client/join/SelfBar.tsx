import type { Preview, PreviewActions } from '../live/screens.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { IconButton } from '../ui/Button.tsx';
import { SelfPicture } from '../ui/SelfPicture.tsx';

/** Oneself in the waiting room: seen by nobody yet, and both switches at hand. */
export function SelfBar(props: { name: string; preview: Preview; actions: PreviewActions }) {
  const { name, preview, actions } = props;
  const microphone = preview.microphone === 'on';
  const camera = preview.camera === 'on';
  return (
    <div className="self-bar">
      <div className="self-bar-picture">
        {camera && preview.stream !== null ? (
          <SelfPicture stream={preview.stream} />
        ) : (
          <Avatar name={name} rem={2.75} />
        )}
      </div>
      <p>
        <b>{name}</b>
        <span className="muted">Nobody can see or hear you yet</span>
      </p>
      <IconButton
        icon={microphone ? 'mic' : 'micOff'}
        name={microphone ? 'Turn microphone off' : 'Turn microphone on'}
        onClick={() => actions.setOn('microphone', !microphone)}
      />
      <IconButton
        icon={camera ? 'cam' : 'camOff'}
        name={camera ? 'Turn camera off' : 'Turn camera on'}
        onClick={() => actions.setOn('camera', !camera)}
      />
    </div>
  );
}
