/** Large platforms: their hosts, and the public patterns of the feeds that they keep for an address. */

/** An address on a platform. */
export interface Place {
  readonly url: URL
  /** Without www and the like. */
  readonly host: string
  /** The parts of the path that are not empty. */
  readonly parts: readonly string[]
}

export interface Platform {
  readonly name: string
  /** Its hosts, without www and the like. */
  readonly on: RegExp
  /** Addresses, absolute or relative to the page, and what each is; an address of '' is none. */
  readonly feeds: (place: Place) => (readonly [string, string])[]
}

export const youTubeFeed = (key: string, value: string): string =>
  `https://www.youtube.com/feeds/videos.xml?${key}=${encodeURIComponent(value)}`

export const platforms: readonly Platform[] = [
  {
    name: 'YouTube',
    on: /^(youtube\.com|youtu\.be)$/,
    feeds: ({ url, parts: [kind, id = ''] }) => {
      const playlist = url.searchParams.get('list')
      return [
        [kind === 'channel' && id !== '' ? youTubeFeed('channel_id', id) : '', 'channel'],
        [kind === 'user' && id !== '' ? youTubeFeed('user', id) : '', 'channel'],
        [playlist !== null && playlist !== '' ? youTubeFeed('playlist_id', playlist) : '', 'playlist'],
      ]
    },
  },
  {
    name: 'Reddit',
    on: /^reddit\.com$/,
    feeds: ({ url, parts: [kind, name, ...rest] }) => {
      const base = 'https://www.reddit.com'
      if (kind === undefined) return [[`${base}/.rss`, 'front page']]
      if (name === undefined) return []
      if (kind === 'r' && rest[0] === 'comments')
        return [[`${base}${url.pathname.replace(/\/?$/, '/')}.rss`, 'thread']]
      if (kind === 'r') return [[`${base}/r/${name}/.rss`, `r/${name}`]]
      return kind === 'user' || kind === 'u' ? [[`${base}/user/${name}/.rss`, name]] : []
    },
  },
  {
    name: 'Medium',
    on: /^medium\.com$/,
    feeds: ({ parts: [first, second] }) => {
      if (first === undefined || first === 'feed') return []
      if (first === 'tag' && second !== undefined) return [[`/feed/tag/${second}`, `tag ${second}`]]
      return [[`/feed/${first}`, first]]
    },
  },
  { name: 'Medium', on: /^[^.]+\.medium\.com$/, feeds: () => [['/feed', '']] },
  { name: 'Substack', on: /\.substack\.com$/, feeds: () => [['/feed', '']] },
  {
    name: 'Substack',
    on: /^substack\.com$/,
    feeds: ({ parts: [first] }) => [
      [first?.startsWith('@') === true ? `https://${first.slice(1)}.substack.com/feed` : '', ''],
    ],
  },
  {
    name: 'WordPress',
    on: /\.wordpress\.com$/,
    feeds: ({ url, parts: [kind] }) => [
      [
        kind === 'category' || kind === 'tag' || kind === 'author'
          ? `${url.pathname.replace(/\/?$/, '/')}feed/`
          : '',
        kind ?? '',
      ],
      ['/feed/', 'all posts'],
    ],
  },
  {
    name: 'Blogger',
    on: /\.blogspot\.[a-z.]+$/,
    feeds: ({ parts: [first, second, label] }) => [
      [
        first === 'search' && second === 'label' && label !== undefined
          ? `/feeds/posts/default/-/${label}`
          : '',
        `label ${label}`,
      ],
      ['/feeds/posts/default', 'all posts'],
    ],
  },
  {
    name: 'Tumblr',
    on: /(^|\.)tumblr\.com$/,
    feeds: ({ host, parts: [first] }) => [
      [
        host !== 'tumblr.com'
          ? '/rss'
          : first !== undefined
            ? `https://${first.replace(/^@/, '')}.tumblr.com/rss`
            : '',
        '',
      ],
    ],
  },
  {
    name: 'GitHub',
    on: /^github\.com$/,
    feeds: ({ parts: [owner, name, kind, branch] }) => {
      if (owner === undefined) return []
      if (name === undefined) return [[`/${owner}.atom`, `activity of ${owner}`]]
      const repository = `/${owner}/${name.replace(/\.git$/, '')}`
      return [
        [`${repository}/releases.atom`, 'releases'],
        [`${repository}/tags.atom`, 'tags'],
        [
          `${repository}/commits${(kind === 'commits' || kind === 'tree') && branch !== undefined ? `/${branch}` : ''}.atom`,
          'commits',
        ],
      ]
    },
  },
  {
    name: 'GitLab',
    on: /^gitlab\.com$/,
    feeds: ({ parts: [group, project] }) =>
      group !== undefined && project !== undefined
        ? [
            [`/${group}/${project}/-/tags?format=atom`, 'tags'],
            [`/${group}/${project}.atom`, 'activity'],
          ]
        : [],
  },
  {
    name: 'Mastodon',
    // Any host may run it. These use @ for something else.
    on: /^(?!(.+\.)?(youtube|medium|substack|tiktok|threads|tumblr|flipboard|x|twitter)\.(com|net)$)/,
    feeds: ({ parts: [first = ''] }) => [[/^@\w[\w.-]*$/.test(first) ? `/${first}.rss` : '', first]],
  },
  {
    name: 'Bluesky',
    on: /^bsky\.app$/,
    feeds: ({ parts: [kind, handle] }) => [
      [kind === 'profile' && handle !== undefined ? `/profile/${handle}/rss` : '', handle ?? ''],
    ],
  },
  {
    name: 'Google News',
    on: /^news\.google\.com$/,
    feeds: ({ url, parts }) => {
      if (parts[0] === 'rss') return []
      const path = parts.length === 0 || parts[0] === 'home' ? '' : `/${parts.join('/')}`
      const query = new URLSearchParams(url.searchParams)
      return [
        [`https://news.google.com/rss${path}${query.size > 0 ? `?${query}` : ''}`, query.get('q') ?? 'news'],
      ]
    },
  },
  {
    name: 'Bing News',
    on: /^bing\.com$/,
    feeds: ({ url, parts: [first] }) => {
      const words = url.searchParams.get('q')
      return [
        [
          first === 'news' && words !== null
            ? `https://www.bing.com/news/search?q=${encodeURIComponent(words)}&format=rss`
            : '',
          words ?? '',
        ],
      ]
    },
  },
  {
    name: 'Vimeo',
    on: /^vimeo\.com$/,
    feeds: ({ parts: [first, second] }) => {
      if (first === undefined || /^\d+$/.test(first)) return []
      const shared = (first === 'channels' || first === 'groups') && second !== undefined
      return [[shared ? `/${first}/${second}/videos/rss` : `/${first}/videos/rss`, second ?? first]]
    },
  },
  {
    name: 'Dailymotion',
    on: /^dailymotion\.com$/,
    feeds: ({ parts: [first] }) => [
      [first !== undefined && first !== 'video' ? `/rss/user/${first}` : '', first ?? ''],
    ],
  },
  {
    name: 'Wikipedia',
    on: /\.wikipedia\.org$/,
    feeds: ({ parts: [kind, title] }) => [
      [
        kind === 'wiki' && title !== undefined ? `/w/index.php?title=${title}&action=history&feed=atom` : '',
        'changes of this page',
      ],
    ],
  },
  {
    name: 'LiveJournal',
    on: /\.livejournal\.com$/,
    feeds: () => [['/data/rss', '']],
  },
  {
    name: 'Hacker News',
    on: /^news\.ycombinator\.com$/,
    feeds: () => [['https://news.ycombinator.com/rss', '']],
  },
  {
    name: 'Stack Exchange',
    on: /(^|\.)(stackoverflow|stackexchange|serverfault|superuser)\.com$/,
    feeds: ({ parts: [kind, tagged, tag] }) => [
      [
        kind === 'questions' && tagged === 'tagged' && tag !== undefined ? `/feeds/tag/${tag}` : '',
        tag ?? '',
      ],
      [kind === undefined || tagged === undefined ? '/feeds' : '', 'questions'],
    ],
  },
  {
    name: 'arXiv',
    on: /^arxiv\.org$/,
    feeds: ({ parts: [kind, subject] }) => [
      [kind === 'list' && subject !== undefined ? `https://rss.arxiv.org/rss/${subject}` : '', subject ?? ''],
    ],
  },
  {
    name: 'Lemmy',
    on: /^(lemmy\..+|.+\.lemmy\..+|beehaw\.org|sh\.itjust\.works)$/,
    feeds: ({ parts: [kind, name] }) => [
      [(kind === 'c' || kind === 'u') && name !== undefined ? `/feeds/${kind}/${name}.xml` : '', name ?? ''],
    ],
  },
  {
    name: 'DEV',
    on: /^dev\.to$/,
    feeds: ({ parts: [name] }) => [[name === undefined ? '/feed' : `/feed/${name}`, name ?? '']],
  },
]

/** Platforms that have no feeds, with a plain sentence. */
export const withoutFeeds: readonly (readonly [RegExp, string])[] = [
  [/^(t\.me|telegram\.me|telegram\.org)$/, 'Telegram keeps no feeds of its channels.'],
  [/^(x|twitter)\.com$/, 'X keeps no feeds.'],
  [/^(facebook|instagram|threads)\.(com|net)$/, 'Facebook, Instagram and Threads keep no feeds.'],
  [/^tiktok\.com$/, 'TikTok keeps no feeds.'],
  [/^linkedin\.com$/, 'LinkedIn keeps no feeds.'],
  [/^(vk|ok)\.(com|ru)$/, 'VK and OK keep no feeds.'],
  [/^(weibo\.(com|cn)|mp\.weixin\.qq\.com)$/, 'Weibo and WeChat keep no feeds.'],
]
